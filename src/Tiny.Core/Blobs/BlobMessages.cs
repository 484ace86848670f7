namespace Tiny.Core.Blobs
{
    /// <summary>Puts a fault into words: where, what was found, what was expected, what to do.</summary>
    internal static class BlobMessages
    {
        private const string TransferAgain = " Transfer the file again, or train the model anew.";
        private const string MakeRoom = " Give the network a larger capacity when it is made.";

        internal static string Describe(BlobError error, int offset, int found, int expected)
        {
            return "Byte " + offset + ": " + Sentence(error, found, expected);
        }

        /// <summary>The same for a shape that no blob brought.</summary>
        internal static string Describe(BlobError error, int found)
        {
            return Sentence(error, found, 0);
        }

        private static string Sentence(BlobError error, int found, int expected)
        {
            string was = " (found " + found + ", expected " + expected + ").";
            string atMost = " (found " + found + ", at most " + expected + ").";
            switch (error)
            {
                case BlobError.TooShort:
                    return "the blob is shorter than its header" + was + TransferAgain;
                case BlobError.NotABlob:
                    return "this is not a Tiny model: it does not begin with the letters TINY.";
                case BlobError.UnsupportedVersion:
                    return "the model has a format version that this library does not read" + was
                        + " Update Tiny, or export the model with this version.";
                case BlobError.HeaderCorrupt:
                    return "the header's checksum does not match: the file was changed or damaged." + TransferAgain;
                case BlobError.Truncated:
                    return "the blob ends early" + was + TransferAgain;
                case BlobError.TrailingBytes:
                    return "bytes follow the end of the model" + was + " Pass the model's own length.";
                case BlobError.PayloadCorrupt:
                    return "the payload's checksum does not match: the file was changed or damaged." + TransferAgain;
                case BlobError.UnknownTask:
                    return "unknown task code " + found + ".";
                case BlobError.UnknownLoss:
                    return "unknown loss code " + found + ".";
                case BlobError.LayerCountOutOfRange:
                    return "the number of layers must be from 1 to " + BlobFormat.MostNodes + ", not " + found + ".";
                case BlobError.InputCountOutOfRange:
                    return "the number of inputs must be from 1 to " + BlobFormat.MostValues + ", not " + found + ".";
                case BlobError.LayerWidthOutOfRange:
                    return "the width of a layer must be from 1 to " + BlobFormat.MostValues + ", not " + found + ".";
                case BlobError.UnknownActivation:
                    return "unknown activation code " + found + ".";
                case BlobError.ActivationParameterOutOfRange:
                    return "the activation parameter of layer " + found + " must be a slope from 0 to 1, an alpha up to 1000, or 0.";
                case BlobError.SoftmaxBeforeLastLayer:
                    return "softmax is for the last layer, not for layer " + found + ".";
                case BlobError.LossDoesNotFit:
                    return "the loss (code " + found + ") does not go with the task and the last layer's activation:"
                        + " softmax with softmax cross-entropy, sigmoid with binary cross-entropy, squared error for regression.";
                case BlobError.UnknownWeightFormat:
                    return "unknown weight format code " + found + ".";
                case BlobError.ReservedNotZero:
                    return "a reserved byte is not 0" + was;
                case BlobError.LengthMismatch:
                    return "the parts of the model do not add up to its length" + was;
                case BlobError.NamesMalformed:
                    return "the names of the outputs do not fill their section" + was;
                case BlobError.NumberNotFinite:
                    return "a number is infinite or not a number.";
                case BlobError.ScaleOutOfRange:
                    return "a scale is negative, or an output scale is not above 0.";
                case BlobError.InputFormDoesNotFit:
                    return "the form of the inputs (code " + found
                        + ") does not go with the first layer's weights: levels with int8, values with float32.";
                case BlobError.Int8BehindFloat:
                    return "an int8 layer follows a float32 layer: int8 layers come first.";
                case BlobError.ActivationNotForInt8:
                    return "only the last int8 layer can have the activation with code " + found + ".";
                case BlobError.ShiftOutOfRange:
                    return "a shift is too large" + was;
                case BlobError.SumOutOfRange:
                    return "a row's bias and weights are too large for the bits of its sum" + was;
                case BlobError.TooManyLayersForNetwork:
                    return "the model has more layers, or more buffers, than the network has room for" + atMost + MakeRoom;
                case BlobError.TooManyInputsForNetwork:
                    return "the model has more inputs than the network has room for, or takes them in another form" + atMost + MakeRoom;
                case BlobError.TooManyOutputsForNetwork:
                    return "the model has more outputs than the network has room for" + atMost + MakeRoom;
                case BlobError.NamesTooLongForNetwork:
                    return "plan, names and feature description take more bytes than the network has room for" + atMost + MakeRoom;
                case BlobError.LayersDifferFromNetwork:
                    return "layer " + found + " is of another kind than the network's, or larger." + MakeRoom;
                case BlobError.BuffersDifferFromNetwork:
                    return "a buffer is of another kind than the network's, or larger" + atMost + MakeRoom;
                default:
                    return DescribePlan(error, found, expected, was);
            }
        }

        private static string DescribePlan(BlobError error, int found, int expected, string was)
        {
            switch (error)
            {
                case BlobError.UnknownLayerKind:
                    return UnknownKind(found);
                case BlobError.BufferOutOfRange:
                    return "a buffer's number or size is out of range" + was;
                case BlobError.BufferTypeDoesNotFit:
                    return "a layer reads or writes a buffer of another type (0 floats, 1 longs, 2 integers)" + was;
                case BlobError.BufferTooSmall:
                    return "a buffer is too small for what goes into it" + was;
                case BlobError.ReadsBeforeWritten:
                    return "a layer reads buffer " + found + ", to which nothing was written: layers stand in the order of execution.";
                case BlobError.OutputOverInput:
                    return "a layer writes buffer " + found + ", which it reads, and its kind cannot.";
                case BlobError.AttributesMalformed:
                    return "the attributes of a layer do not fill their bytes" + was;
                case BlobError.UnknownSection:
                    return "the model has a section that this library does not know (code " + found + "). Update Tiny.";
                case BlobError.ShapeDoesNotFit:
                    return "a layer does not take values of this shape" + was;
                case BlobError.IndexMalformed:
                    return "the indices of a sparse layer are not well: out of their order or bounds, too many or too few" + was;
                default:
                    return "nothing is wrong.";
            }
        }

        private static string UnknownKind(int kind)
        {
            string line = kind == 2 || kind == 3 ? " Int8 layers are in Tiny.Int8: Int8Layers.Register()."
                : kind == 17 ? " Sparse layers are in Tiny.Sparse: SparseDense.Register()."
                : kind == 18 ? " Sparse int8 layers are in Tiny.Sparse.Int8: SparseLevels.Register()."
                : kind >= 64 ? " It is the program's own: LayerKinds.Register(new ItsKind())."
                : " Update Tiny.";
            return "no layers of kind " + kind + " are registered." + line;
        }
    }
}
