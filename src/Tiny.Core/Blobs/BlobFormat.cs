using Tiny.Core.Activations;

namespace Tiny.Core.Blobs
{
    /// <summary>Where things stand in a blob: see src/BLOB-FORMAT.md, which this follows field by field.</summary>
    internal static class BlobFormat
    {
        internal const int Version = 1;
        internal const int Magic = 0x594E4954; // "TINY", little-endian

        internal const int HeaderBytes = 32;
        internal const int VersionAt = 4;
        internal const int TaskAt = 5;
        internal const int LossAt = 6;
        internal const int LayerCountAt = 7;
        internal const int LengthAt = 8;
        internal const int GenerationAt = 12;
        internal const int PredictRamAt = 16;
        internal const int LearnRamAt = 20;
        internal const int PayloadCrcAt = 24;
        internal const int HeaderCrcAt = 28;

        internal const int InputsAt = 32;
        internal const int NameBytesAt = 34;
        internal const int ColumnsAt = 36;
        internal const int InputFormAt = 38;
        internal const int FeatureWordsAt = 39;
        internal const int LayersAt = 40;

        internal const int MostFeatureBytes = 4 * 255;

        internal const int LayerBytes = 4;
        internal const int LayerActivationAt = 2;
        internal const int LayerFormatAt = 3;

        /// <summary>The next multiple of four.</summary>
        internal static int Align(int bytes)
        {
            return (bytes + 3) & ~3;
        }

        /// <summary>Bytes of the normalisation: mean and scale, or scale and offset, of each input; or one pair for all.</summary>
        internal static int NormalisationBytes(int inputs, InputForm form)
        {
            return form == InputForm.Levels ? 8 : 8 * inputs;
        }

        /// <summary>Bytes of a layer's weights, and of all that belongs to them.</summary>
        internal static long LayerBytesOf(NetworkShape shape, int layer)
        {
            long rows = shape.GetRows(layer);
            long inputs = shape.GetInputs(layer);
            if (layer >= shape.PackedLayers)
            {
                return 4 * rows * (1 + inputs);
            }

            // Rows are held against the length first: what does not fit it need not fit an int.
            return rows * inputs > int.MaxValue / 2
                ? rows * inputs
                : PackedLayerBytes((int)rows, (int)inputs, shape.GetActivation(layer), shape.IsLastPacked(layer));
        }

        /// <summary>Bytes of an int8 layer: biases, then scales or shifts and steps, then weights.</summary>
        internal static int PackedLayerBytes(int rows, int inputs, Activation activation, bool last)
        {
            return 4 * rows + (last ? 4 * rows : StepBytes(activation, rows)) + Align(rows * inputs);
        }

        /// <summary>Bytes of the shifts of an int8 layer before another, and of the steps where it has a table.</summary>
        internal static int StepBytes(Activation activation, int rows)
        {
            return activation == Activation.Relu ? 4 : Align(rows) + 8;
        }

        /// <summary>Bytes of the output scaling: mean and scale of each output, for regression alone.</summary>
        internal static int OutputScalingBytes(NetworkTask task, int outputs)
        {
            return task == NetworkTask.Regression ? 8 * outputs : 0;
        }
    }
}
