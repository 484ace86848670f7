using Tiny.Core;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Streaming.Tests;
using Tiny.Training.Layers;
using Tiny.Training.Streaming;

namespace Tiny.Benchmarks.Device;

/// <summary>
/// Counts the device's instructions of streams: a sample and an answer; of convolutions a hop of ten samples beside the window that it
/// stands for.
/// </summary>
internal static class StreamBenchmark
{
    private const string Group = "Streams, three channels";
    private const int Window = 200;
    private const string Convolutions = "conv:8:5:2,conv:16:5:2,gap";
    private const int ConvolutionMacs = 98 * 8 * 15 + 47 * 16 * 40; // of a window

    internal static IEnumerable<Measurement> Run()
    {
        byte[] recurrent = StreamForm.Of(Windows.Blob(50, 3, NetworkTask.Classification, new GruDescription(16))).Blob;
        yield return DeviceBenchmark.Count(Group, "gru:16: a sample", "MAC", 912, board => Of(recurrent, board, 1).BlockInstructions);
        yield return DeviceBenchmark.Count(
            Group, "gru:16: an answer of three classes, softmax", "MAC", 48, board => Of(recurrent, board, 1).AnswerInstructions);

        byte[] window = Windows.Blob(
            Window, 3, NetworkTask.Classification, Windows.Conv(8, 5, 2), Windows.Conv(16, 5, 2), new GlobalAverageDescription());
        StreamForm stream = StreamForm.Of(window);
        yield return DeviceBenchmark.Count(
            Group, $"{Convolutions}: the window of {Window}", "MAC", ConvolutionMacs,
                board => new DeviceModel(window, BoardProfile.Load(board), learningSteps: 0).Instructions);
        yield return DeviceBenchmark.Count(
            Group, $"{Convolutions}: a block of {stream.Block} samples", "MAC", 2 * 8 * 15 + 16 * 40,
                board => Of(stream.Blob, board, stream.Block).BlockInstructions);
        yield return DeviceBenchmark.Count(Group, $"{Convolutions}: an answer of three classes, softmax", "place", 47 * 16,
            board => Of(stream.Blob, board, stream.Block).AnswerInstructions);
        yield return DeviceBenchmark.Count(Group, $"{Convolutions}: a hop of 10 samples with an answer", "sample", 10, board =>
        {
            DeviceStream counted = Of(stream.Blob, board, stream.Block);
            return 10 * counted.BlockInstructions / stream.Block + counted.AnswerInstructions;
        });
    }

    private static DeviceStream Of(byte[] blob, string board, int block) => new(blob, BoardProfile.Load(board), wide: true, block);
}
