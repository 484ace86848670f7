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
        internal const int ReservedAt = 38;
        internal const int LayersAt = 40;

        internal const int LayerBytes = 4;
        internal const int LayerActivationAt = 2;
        internal const int LayerFormatAt = 3;

        internal const int Float32Weights = 0;

        /// <summary>The next multiple of four.</summary>
        internal static int Align(int bytes)
        {
            return (bytes + 3) & ~3;
        }

        /// <summary>Bytes of the normalisation: mean and scale of each input.</summary>
        internal static int NormalisationBytes(int inputs)
        {
            return 8 * inputs;
        }

        /// <summary>Bytes of the output scaling: mean and scale of each output, for regression alone.</summary>
        internal static int OutputScalingBytes(NetworkTask task, int outputs)
        {
            return task == NetworkTask.Regression ? 8 * outputs : 0;
        }
    }
}
