namespace Tiny.Core.Blobs
{
    /// <summary>Where things stand in a blob: see src/BLOB-FORMAT.md, which this follows field by field.</summary>
    public static class BlobFormat
    {
        /// <summary>The version that is written. Version 1 is read too.</summary>
        public const int Version = 2;

        /// <summary>"TINY", little-endian.</summary>
        public const int Magic = 0x594E4954;

        /// <summary>Bytes of the header.</summary>
        public const int HeaderBytes = 32;

        /// <summary>The most nodes of a plan.</summary>
        public const int MostNodes = 64;

        /// <summary>The most buffers of a plan.</summary>
        public const int MostBuffers = 16;

        /// <summary>The most bytes of a description of features.</summary>
        public const int MostFeatureBytes = 4 * 255;

        /// <summary>The most values of a sample, and that a node gives.</summary>
        public const int MostValues = 65535;

        /// <summary>Bytes of the shape of a sample.</summary>
        public const int ShapeBytes = 4;

        /// <summary>Bytes of a buffer's record.</summary>
        public const int BufferBytes = 3;

        /// <summary>Bytes of a node's record before its attributes: kind, attribute bytes, output buffer, input buffer.</summary>
        public const int NodeBytes = 4;

        /// <summary>In the place of an input buffer: the sample in the user's own units.</summary>
        public const int Sample = 255;

        /// <summary>A buffer of float32.</summary>
        public const int Floats = 0;

        /// <summary>A buffer of 64-bit words, such as digits of int8 layers, three to a word.</summary>
        public const int Longs = 1;

        /// <summary>A buffer of 32-bit whole numbers.</summary>
        public const int Integers = 2;

        /// <summary>Where what a network keeps of its plan begins: the bytes of heap to predict and to learn, the checksums, then the plan itself.</summary>
        public const int PlanFrom = 16;

        public const int VersionAt = 4;
        public const int TaskAt = 5;
        public const int LossAt = 6;
        public const int NodeCountAt = 7;
        public const int LengthAt = 8;
        public const int GenerationAt = 12;
        public const int PredictRamAt = 16;
        public const int LearnRamAt = 20;
        public const int PayloadCrcAt = 24;
        public const int HeaderCrcAt = 28;

        public const int InputsAt = 32;
        public const int ColumnsAt = 34;
        public const int SectionsAt = 36;
        public const int BufferCountAt = 37;
        public const int OutputFunctionAt = 38;
        public const int FeatureWordsAt = 39;
        public const int PlanAt = 40;

        // Of SectionsAt.
        public const int InputFormMask = 3;
        public const int HasNames = 4;
        public const int HasShape = 8;
        public const int KnownSections = InputFormMask | HasNames | HasShape;

        /// <summary>The next multiple of four.</summary>
        public static int Align(int bytes)
        {
            return (bytes + 3) & ~3;
        }

        /// <summary>Bytes of the normalization: mean and scale, or scale and offset, of each input; or one pair for all.</summary>
        public static int NormalizationBytes(int inputs, InputForm form)
        {
            return form == InputForm.Levels ? 8 : 8 * inputs;
        }
    }
}
