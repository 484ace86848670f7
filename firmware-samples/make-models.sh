#!/usr/bin/env bash
# Makes the models that the samples carry, anew and to the same bytes: recordings from tools/Tiny.Gestures, trained and exported by tiny.
# Usage: firmware-samples/make-models.sh, from anywhere.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build tools/Tiny.Cli -c Release -v quiet
dotnet build tools/Tiny.Gestures -c Release -v quiet
tiny() { dotnet tools/Tiny.Cli/bin/Release/net10.0/tiny.dll "$@"; }
windows=(--group file --label label --channels x,y,z --window 50 --hop 25 --rate 50 --unit counts)
dotnet tools/Tiny.Gestures/bin/Release/net10.0/Tiny.Gestures.dll --recordings "$work/recordings.csv"

# 02-Gesture: every sixth recording is kept for testing.
tiny train "$work/recordings.csv" "${windows[@]}" --test-every 6 --weights int8 --out "$work/gestures8.tiny"
tiny export "$work/gestures8.tiny" --format bytes --class GestureModel --namespace Gesture --out firmware-samples/02-Gesture

# 03-KeepLearning: the last wearer is one that the training has not seen, and float32 weights, which learn.
tiny train "$work/recordings.csv" "${windows[@]}" --test-last 30 --out "$work/gestures.tiny"
tiny export "$work/gestures.tiny" --format bytes --class GestureModel --namespace KeepLearning --out firmware-samples/03-KeepLearning

# 04-Generated: from the table of features, as C# source.
tiny train firmware-samples/02-Gesture/gestures.csv --test-last 100 --weights int8 --out "$work/table8.tiny"
tiny export "$work/table8.tiny" --format csharp --class GestureSource --namespace Generated --out firmware-samples/04-Generated

# 06-Digits: from MNIST, where it is at hand.
mnist=${MNIST:-../shared/data/mnist}
if [ -d "$mnist" ]; then
    tiny train "$mnist/train-images-idx3-ubyte.gz" --labels "$mnist/train-labels-idx1-ubyte.gz" \
        --test "$mnist/t10k-images-idx3-ubyte.gz" --test-labels "$mnist/t10k-labels-idx1-ubyte.gz" \
        --layers conv:4:3:2:valid,conv:8:3:2:valid,conv:16:3:2:valid,gap --epochs 10 --augment shift:2 --weights int8 \
        --out "$work/digits8.tiny"
    tiny export "$work/digits8.tiny" --format bytes --class DigitsModel --namespace Digits --out firmware-samples/06-Digits
fi

# 07-NewGesture: without the waves, and with the class means that a new class is learned beside.
tiny train "$work/recordings.csv" "${windows[@]}" --drop-label wave --test-every 6 --prototypes --out "$work/new.tiny"
tiny export "$work/new.tiny" --format bytes --class GestureModel --namespace NewGesture --out firmware-samples/07-NewGesture

# 08-PumpMonitor: an arm that goes round stands in for a pump that turns; what is normal for one wearer is not for another.
tiny train "$work/recordings.csv" "${windows[@]}" --task anomaly --normal circle --test-last 30 --out "$work/pump.tiny"
tiny export "$work/pump.tiny" --format bytes --class PumpModel --namespace PumpMonitor --out firmware-samples/08-PumpMonitor

# 09-Stream: recurrent units over raw samples, fed one at a time.
signal=(--group file --label label --channels x,y,z --rate 50 --unit counts)
tiny train "$work/recordings.csv" "${signal[@]}" --window 50 --hop 10 --layers gru:16 --epochs 100 --stream --background rest \
    --test-every 6 --out "$work/stream.tiny"
tiny export "$work/stream.tiny" --format bytes --class StreamModel --namespace Stream --out firmware-samples/09-Stream

# 10-UpdateModel: delivered before it had learned much; a better one waits on the server, signed with the sample's key.
# The examples that it remembers are the first of each gesture.
table=firmware-samples/02-Gesture/gestures.csv
update=firmware-samples/10-UpdateModel
tiny train "$table" --test-last 100 --layers 8 --epochs 3 --out "$work/early.tiny"
tiny export "$work/early.tiny" --format bytes --class GestureModel --namespace UpdateModel --out "$update"
tiny train "$table" --test-last 100 --layers 8 --out "$work/late.tiny"
tiny sign "$work/late.tiny" --key "$update/board/I/update.key" --generation 1 --out "$update/server/gestures.signed"
awk -F, -v classes="circle knock rest shake wave" -f "$update/remember.awk" "$table" >"$update/Remembered.cs"
