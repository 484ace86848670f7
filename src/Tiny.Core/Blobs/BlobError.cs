namespace Tiny.Core.Blobs
{
    /// <summary>Each way a blob can be wrong, or not fit the network it is loaded into. The values are stable.</summary>
    public enum BlobError
    {
        /// <summary>Nothing is wrong.</summary>
        None = 0,

        /// <summary>Fewer bytes than a header.</summary>
        TooShort = 1,

        /// <summary>The first four bytes are not "TINY".</summary>
        NotABlob = 2,

        /// <summary>The format version is one this reader does not know.</summary>
        UnsupportedVersion = 3,

        /// <summary>The header's checksum does not match.</summary>
        HeaderCorrupt = 4,

        /// <summary>Fewer bytes than the header says.</summary>
        Truncated = 5,

        /// <summary>More bytes than the header says.</summary>
        TrailingBytes = 6,

        /// <summary>The payload's checksum does not match.</summary>
        PayloadCorrupt = 7,

        /// <summary>The task code is unknown.</summary>
        UnknownTask = 8,

        /// <summary>The loss code is unknown.</summary>
        UnknownLoss = 9,

        /// <summary>The number of layers is not from 1 to 16.</summary>
        LayerCountOutOfRange = 10,

        /// <summary>The number of inputs is not from 1 to 65,535.</summary>
        InputCountOutOfRange = 11,

        /// <summary>The width of a layer is not from 1 to 65,535 rows.</summary>
        LayerWidthOutOfRange = 12,

        /// <summary>The activation code is unknown.</summary>
        UnknownActivation = 13,

        /// <summary>The activation's parameter is outside its range.</summary>
        ActivationParameterOutOfRange = 14,

        /// <summary>A hidden layer has softmax.</summary>
        SoftmaxBeforeLastLayer = 15,

        /// <summary>The loss does not go with the task and the last layer's activation.</summary>
        LossDoesNotFit = 16,

        /// <summary>The weight format code is unknown.</summary>
        UnknownWeightFormat = 17,

        /// <summary>A reserved field or padding byte is not 0.</summary>
        ReservedNotZero = 18,

        /// <summary>The parts do not add up to the length in the header.</summary>
        LengthMismatch = 19,

        /// <summary>The names of the outputs do not fill their section exactly.</summary>
        NamesMalformed = 20,

        /// <summary>A number is infinite or not a number.</summary>
        NumberNotFinite = 21,

        /// <summary>A normalization scale is negative, or an output scale is not above 0.</summary>
        ScaleOutOfRange = 22,

        /// <summary>The form of the inputs is unknown, or does not go with the first layer's weight format.</summary>
        InputFormDoesNotFit = 23,

        /// <summary>An int8 layer follows a float layer.</summary>
        Int8BehindFloat = 24,

        /// <summary>An int8 layer before another has an activation that only the last one may have.</summary>
        ActivationNotForInt8 = 25,

        /// <summary>A shift is larger than a sum allows.</summary>
        ShiftOutOfRange = 26,

        /// <summary>A row's bias and weights are so large that its sum could leave the bits it has.</summary>
        SumOutOfRange = 27,

        /// <summary>More nodes or buffers than the network has room for.</summary>
        TooManyLayersForNetwork = 32,

        /// <summary>More inputs than the network has room for, or of another form.</summary>
        TooManyInputsForNetwork = 33,

        /// <summary>More outputs of a regression than the network has room for.</summary>
        TooManyOutputsForNetwork = 35,

        /// <summary>More bytes of the plan, of names and of the description of features than the network has room for.</summary>
        NamesTooLongForNetwork = 36,

        /// <summary>A layer is of another kind than the network's, or larger.</summary>
        LayersDifferFromNetwork = 37,

        /// <summary>A buffer is of another kind than the network's, or larger.</summary>
        BuffersDifferFromNetwork = 38,

        /// <summary>A layer's kind is not registered.</summary>
        UnknownLayerKind = 40,

        /// <summary>The number of buffers, the size of one, or the number by which a node names one is out of range.</summary>
        BufferOutOfRange = 41,

        /// <summary>A node reads or writes a buffer of another kind than its own.</summary>
        BufferTypeDoesNotFit = 42,

        /// <summary>A buffer is too small for what is to go into it.</summary>
        BufferTooSmall = 43,

        /// <summary>
        /// A node reads a buffer that nothing was written to: nodes stand in another order than that of execution, or in a cycle.
        /// </summary>
        ReadsBeforeWritten = 44,

        /// <summary>A node writes the buffer that it reads, and its kind cannot.</summary>
        OutputOverInput = 45,

        /// <summary>A node's attributes are more or fewer bytes than its kind has.</summary>
        AttributesMalformed = 46,

        /// <summary>The blob has a section that this reader does not know.</summary>
        UnknownSection = 47,

        /// <summary>The shape of what a node reads is not one that its kind takes.</summary>
        ShapeDoesNotFit = 48,

        /// <summary>The indices of a sparse layer are out of their order or bounds, too many or too few.</summary>
        IndexMalformed = 49,
    }
}
