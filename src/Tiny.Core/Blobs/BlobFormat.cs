namespace Tiny.Core.Blobs
{
    /// <summary>Where things stand in a blob: see src/BLOB-FORMAT.md, which this follows field by field.</summary>
    /// <seealso cref="BlobReader"/>
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

        /// <summary>A buffer of bytes: digits from 0 to 127 of int8 layers behind ReLU.</summary>
        public const int Digits = 3;

        /// <summary>A buffer of bytes: digits from -127 to 127 of int8 layers behind other activations, each with 128 added.</summary>
        public const int SignedDigits = 4;

        /// <summary>A buffer of bytes: levels from 0 to 255.</summary>
        public const int Levels = 5;

        /// <summary>
        /// Where what a network keeps of its plan begins: the bytes of heap to predict and to learn, the checksums, then the plan itself.
        /// </summary>
        public const int PlanFrom = 16;

        /// <summary>Byte: the version.</summary>
        public const int VersionAt = 4;

        /// <summary>Byte: the task.</summary>
        public const int TaskAt = 5;

        /// <summary>Byte: the loss.</summary>
        public const int LossAt = 6;

        /// <summary>Byte: nodes.</summary>
        public const int NodeCountAt = 7;

        /// <summary>4 bytes: length of the whole blob.</summary>
        public const int LengthAt = 8;

        /// <summary>4 bytes: generation.</summary>
        public const int GenerationAt = 12;

        /// <summary>4 bytes: heap to predict.</summary>
        public const int PredictRamAt = 16;

        /// <summary>4 bytes: heap to learn.</summary>
        public const int LearnRamAt = 20;

        /// <summary>4 bytes: CRC-32 of all behind the header.</summary>
        public const int PayloadCrcAt = 24;

        /// <summary>4 bytes: CRC-32 of the header before it.</summary>
        public const int HeaderCrcAt = 28;

        /// <summary>2 bytes: values of a sample.</summary>
        public const int InputsAt = 32;

        /// <summary>2 bytes: checksum of the names of the training columns.</summary>
        public const int ColumnsAt = 34;

        /// <summary>Byte: form of the inputs, and which sections there are.</summary>
        public const int SectionsAt = 36;

        /// <summary>Byte: buffers.</summary>
        public const int BufferCountAt = 37;

        /// <summary>Byte: softmax or linear.</summary>
        public const int OutputFunctionAt = 38;

        /// <summary>Byte: words of the description of the features.</summary>
        public const int FeatureWordsAt = 39;

        /// <summary>Where shape, buffers and nodes begin.</summary>
        public const int PlanAt = 40;

        /// <summary>Of the sections: the form of the inputs.</summary>
        public const int InputFormMask = 3;

        /// <summary>Of the sections: the outputs have names.</summary>
        public const int HasNames = 4;

        /// <summary>Of the sections: a sample has height and width.</summary>
        public const int HasShape = 8;

        /// <summary>Of the sections: records of other libraries follow the weights.</summary>
        public const int HasExtras = 16;

        /// <summary>Of the sections: all that there are.</summary>
        public const int KnownSections = InputFormMask | HasNames | HasShape | HasExtras;

        /// <summary>Bytes of an extra record before its content: tag, version, and the content's length in units of four bytes.</summary>
        public const int ExtraBytes = 4;

        /// <summary>The next multiple of four.</summary>
        /// <param name="bytes">Bytes, 0 or more.</param>
        public static int Align(int bytes)
        {
            return (bytes + 3) & ~3;
        }

        /// <summary>Bytes of the normalization: mean and scale, or scale and offset, of each input; or one pair for all.</summary>
        /// <param name="inputs">Inputs, 1 or more.</param>
        /// <param name="form">How a sample is taken.</param>
        public static int NormalizationBytes(int inputs, InputForm form)
        {
            return form == InputForm.Levels ? 8 : 8 * inputs;
        }
    }
}
