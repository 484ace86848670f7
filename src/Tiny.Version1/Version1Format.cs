// Over 300 lines: the whole of the older format.
using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Version1
{
    /// <summary>
    /// Blobs of format version 1: a chain of dense layers, of which the first may be int8. Each layer becomes the node of today that it
    /// would be; all that stands behind the layers stays as it is, byte for byte, and so every answer stays the same to the bit.
    /// </summary>
    /// <example>
    /// <code>
    /// Version1Format.Register();                                 // once, before the first blob of version 1 is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class Version1Format : OlderFormat
    {
        private const int NameBytesAt = 34;
        private const int ColumnsAt = 36;
        private const int InputFormAt = 38;
        private const int LayersAt = 40;
        private const int LayerBytes = 4;
        private const int ActivationAt = 2;
        private const int FormatAt = 3;
        private const int MostLayers = 16;

        // The codes of the kinds: the first in Tiny.Core, the others in Tiny.Int8.
        private const int Dense = 1;
        private const int LevelDense = 2;
        private const int DigitDense = 3;

        private byte[] blob;
        private int start;
        private int end;
        private int layers;
        private int packed; // int8 layers, the first ones
        private int digits; // the numbers of buffers, or -1
        private int sums;
        private int turn;

        /// <inheritdoc/>
        public override int Version
        {
            get { return 1; }
        }

        /// <summary>Makes all readers read version 1 from now on.</summary>
        public static void Register()
        {
            BlobReader.ReadOlder(new Version1Format());
        }

        /// <inheritdoc/>
        public override BlobError Upgrade(BlobReader reader, byte[] bytes, int offset, int length, out byte[] upgraded)
        {
            blob = bytes;
            start = offset;
            end = length;
            upgraded = null;
            int namesAt;
            BlobError error = CheckLayers(reader, out namesAt);
            if (error == BlobError.None)
            {
                error = CheckNames(reader, namesAt);
            }

            if (error == BlobError.None)
            {
                upgraded = Write(namesAt);
            }

            blob = null;
            return error;
        }

        private int OutputsOf(int layer)
        {
            return FloatBits.ReadUInt16(blob, start + LayersAt + layer * LayerBytes);
        }

        private Activation ActivationOf(int layer)
        {
            return (Activation)blob[start + LayersAt + layer * LayerBytes + ActivationAt];
        }

        private int RowsOf(int layer)
        {
            return OutputsOf(layer) * ActivationTraits.RowsPerOutput(ActivationOf(layer));
        }

        private BlobError CheckLayers(BlobReader reader, out int namesAt)
        {
            layers = blob[start + BlobFormat.NodeCountAt];
            packed = 0;
            namesAt = LayersAt + layers * LayerBytes;
            if (layers < 1 || layers > MostLayers)
            {
                return reader.Fault(BlobError.LayerCountOutOfRange, BlobFormat.NodeCountAt, layers, MostLayers);
            }

            if (namesAt > end)
            {
                return reader.Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, end, namesAt);
            }

            for (int layer = 0; layer < layers; layer++)
            {
                BlobError error = CheckLayer(reader, layer);
                if (error != BlobError.None)
                {
                    return error;
                }

                namesAt += ActivationTraits.HasParameter(ActivationOf(layer)) ? 4 : 0;
            }

            int form = blob[start + InputFormAt];
            return form > (int)InputForm.LevelsEach || (form == (int)InputForm.Values) != (packed == 0)
                ? reader.Fault(BlobError.InputFormDoesNotFit, InputFormAt, form, 0)
                : namesAt > end ? reader.Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, end, namesAt) : BlobError.None;
        }

        private BlobError CheckLayer(BlobReader reader, int layer)
        {
            int at = LayersAt + layer * LayerBytes;
            int code = blob[start + at + ActivationAt];
            int format = blob[start + at + FormatAt];
            if (!ActivationTraits.IsKnown(code))
            {
                return reader.Fault(BlobError.UnknownActivation, at + ActivationAt, code, 0);
            }

            if (code == (int)Activation.Softmax && layer < layers - 1)
            {
                return reader.Fault(BlobError.SoftmaxBeforeLastLayer, at, layer, 0);
            }

            if (format > 1)
            {
                return reader.Fault(BlobError.UnknownWeightFormat, at + FormatAt, format, 0);
            }

            if (format == 1 && packed != layer)
            {
                return reader.Fault(BlobError.Int8BehindFloat, at + FormatAt, format, 0);
            }

            packed += format;
            return RowsOf(layer) >= 1 && RowsOf(layer) <= BlobFormat.MostValues
                ? BlobError.None
                : reader.Fault(BlobError.LayerWidthOutOfRange, at, RowsOf(layer), BlobFormat.MostValues);
        }

        /// <summary>
        /// The names must fill their bytes exactly, where there are any: one for each class, or for each output of a regression.
        /// </summary>
        private BlobError CheckNames(BlobReader reader, int namesAt)
        {
            int bytes = FloatBits.ReadUInt16(blob, start + NameBytesAt);
            int outputs = OutputsOf(layers - 1);
            int expected = blob[start + BlobFormat.TaskAt] == (int)NetworkTask.Classification && outputs == 1 ? 2 : outputs;
            int at = namesAt;
            int behind = namesAt + bytes;
            if (BlobFormat.Align(behind) > end)
            {
                return reader.Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, end, behind);
            }

            int count = 0;
            while (at < behind)
            {
                at += 1 + blob[start + at];
                count++;
            }

            return at == behind && (bytes == 0 || count == expected)
                ? BlobError.None : reader.Fault(BlobError.NamesMalformed, namesAt, count, expected);
        }

        private byte[] Write(int namesAt)
        {
            int attributes = 3 * layers + 2 * packed + namesAt - LayersAt - layers * LayerBytes;
            int buffers = CountBuffers();
            int planEnd = BlobFormat.PlanAt + buffers * BlobFormat.BufferBytes + layers * BlobFormat.NodeBytes + attributes;
            byte[] plan = new byte[BlobFormat.Align(planEnd) + end - namesAt];
            Array.Copy(blob, start, plan, 0, BlobFormat.PlanAt);
            plan[BlobFormat.VersionAt] = BlobFormat.Version;
            FloatBits.WriteUInt16(plan, BlobFormat.ColumnsAt, FloatBits.ReadUInt16(blob, start + ColumnsAt));
            bool named = FloatBits.ReadUInt16(blob, start + NameBytesAt) > 0;
            plan[BlobFormat.SectionsAt] = (byte)(blob[start + InputFormAt] | (named ? BlobFormat.HasNames : 0));
            plan[BlobFormat.BufferCountAt] = (byte)buffers;
            plan[BlobFormat.OutputFunctionAt] =
                (byte)(ActivationOf(layers - 1) == Activation.Softmax ? Activation.Softmax : Activation.Linear);
            FloatBits.WriteInt32(plan, BlobFormat.LengthAt, plan.Length);
            WriteBuffers(plan);
            WriteNodes(plan, BlobFormat.PlanAt + buffers * BlobFormat.BufferBytes);
            Array.Copy(blob, start + namesAt, plan, BlobFormat.Align(planEnd), end - namesAt);
            return plan;
        }

        /// <summary>
        /// Numbers the buffers, and counts them: 0 of floats, for the sample or what the last int8 layer gives; of digits between int8
        /// layers; of their sums, where one needs them; and of floats again, for float layers by turns with 0.
        /// </summary>
        private int CountBuffers()
        {
            int count = 1;
            digits = packed > 1 ? count++ : -1;
            bool summed = false;
            for (int layer = 0; layer < packed; layer++)
            {
                summed |= NeedsSums(layer);
            }

            sums = summed ? count++ : -1;
            turn = layers > packed ? count++ : -1;
            return count;
        }

        /// <summary>As Int8Attributes of Tiny.Int8 has it.</summary>
        private bool NeedsSums(int layer)
        {
            bool gives = layer == packed - 1;
            int inputs = layer == 0 ? FloatBits.ReadUInt16(blob, start + BlobFormat.InputsAt) : OutputsOf(layer - 1);
            return layer == 0 ? inputs > 128 || inputs > OneBlock(inputs) || gives || ActivationOf(0) != Activation.Relu
                : inputs > 64 || !gives;
        }

        private static int OneBlock(int inputs)
        {
            return inputs <= 6 ? 4 : inputs <= 13 ? 8 : inputs <= 27 ? 16 : inputs <= 55 ? 32 : inputs <= 111 ? 64 : 128;
        }

        private void WriteBuffers(byte[] plan)
        {
            int first = packed == 0 ? FloatBits.ReadUInt16(blob, start + BlobFormat.InputsAt) : RowsOf(packed - 1);
            int second = 0;
            int triples = 0;
            for (int layer = 0; layer < layers; layer++)
            {
                int rows = RowsOf(layer);
                if (layer < packed)
                {
                    triples = (rows + 2) / 3 > triples ? (rows + 2) / 3 : triples;
                }
                else if (((layer - packed) & 1) == 0)
                {
                    second = rows > second ? rows : second;
                }
                else
                {
                    first = rows > first ? rows : first;
                }
            }

            // Of digits as many as the widths of the kernels reach over.
            int longs = triples <= 4 ? 4 : triples <= 8 ? 8 : triples <= 11 ? 11 : triples <= 22 ? 22 : triples;
            WriteBuffer(plan, 0, BlobFormat.Floats, first);
            WriteBuffer(plan, digits, BlobFormat.Longs, longs);
            WriteBuffer(plan, sums, BlobFormat.Integers, 3 * triples);
            WriteBuffer(plan, turn, BlobFormat.Floats, second);
        }

        private static void WriteBuffer(byte[] plan, int buffer, int type, int length)
        {
            if (buffer >= 0)
            {
                int at = BlobFormat.PlanAt + buffer * BlobFormat.BufferBytes;
                FloatBits.WriteUInt16(plan, at, length);
                plan[at + 2] = (byte)((type << 4) | (length >> 16));
            }
        }

        private void WriteNodes(byte[] plan, int at)
        {
            int parameterAt = start + LayersAt + layers * LayerBytes;
            for (int layer = 0; layer < layers; layer++)
            {
                bool int8 = layer < packed;
                bool gives = layer == packed - 1;
                bool even = ((layer - packed) & 1) == 0;
                Activation activation = ActivationOf(layer);
                plan[at] = (byte)(!int8 ? Dense : layer == 0 ? LevelDense : DigitDense);
                plan[at + 2] = (byte)(int8 ? (gives ? 0 : digits) : even ? turn : 0);
                plan[at + 3] = (byte)(int8 ? (layer == 0 ? BlobFormat.Sample : digits) : even ? 0 : turn);
                int behind = at + BlobFormat.NodeBytes;
                FloatBits.WriteUInt16(plan, behind, OutputsOf(layer));
                plan[behind + 2] = (byte)(activation == Activation.Softmax ? Activation.Linear : activation);
                behind += 3;
                if (int8)
                {
                    plan[behind] = (byte)(gives ? 1 : 0);
                    plan[behind + 1] = NeedsSums(layer) ? (byte)sums : (byte)255;
                    behind += 2;
                }

                if (ActivationTraits.HasParameter(activation))
                {
                    Array.Copy(blob, parameterAt, plan, behind, 4);
                    parameterAt += 4;
                    behind += 4;
                }

                plan[at + 1] = (byte)(behind - at - BlobFormat.NodeBytes);
                at = behind;
            }
        }
    }
}
