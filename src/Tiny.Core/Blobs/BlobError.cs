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

        /// <summary>A normalisation scale is negative, or an output scale is not above 0.</summary>
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

        /// <summary>More layers than the network has room for.</summary>
        TooManyLayersForNetwork = 32,

        /// <summary>More inputs, to the network or to one of its layers, than it has room for.</summary>
        TooManyInputsForNetwork = 33,

        /// <summary>More rows in a layer than the network has room for.</summary>
        TooManyRowsForNetwork = 34,

        /// <summary>More outputs than the network has room for.</summary>
        TooManyOutputsForNetwork = 35,

        /// <summary>More bytes of names and of the description of features than the network has room for.</summary>
        NamesTooLongForNetwork = 36,

        /// <summary>The network has int8 layers, or the blob, and they are not of the same shape.</summary>
        Int8LayersDifferFromNetwork = 37,
    }
}
