using System;
using Tiny.Convolution.Int8;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Native.Int8
{
    /// <summary>
    /// A convolution or a depthwise convolution of bytes by the firmware's C: nothing is packed, and nothing is copied among places beyond
    /// the edges.
    /// </summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeFilterLayer : NativeByteLayer
    {
        private static readonly sbyte[] NoTable = new sbyte[1];

        /// <summary>(<see cref="ByteWindow.Count"/>), how the window walks.</summary>
        public readonly int[] Window = new int[ByteWindow.Count];

        /// <summary>The weights.</summary>
        public readonly PlainWeights Plain;

        /// <summary>The activation.</summary>
        public readonly Activation Activation;

        /// <summary>The activation's parameter: slope of leaky ReLU, alpha of ELU, else 0.</summary>
        public float ActivationParameter;

        /// <summary>Each digit given is the largest of a square of so many by so many; 1 for itself.</summary>
        public readonly int Pool;

        /// <summary>(filters), (1) for ReLU.</summary>
        public readonly byte[] Shifts;

        /// <summary>(256), unless the activation is ReLU: the digit of each shifted sum from -128; else of no meaning.</summary>
        public readonly sbyte[] Table;

        /// <summary>(2), with the table: what 1 of a shifted sum is worth to the activation, and 1 of a digit; else null.</summary>
        public readonly float[] Steps;

        private readonly int activationAt;
        private readonly byte[] patch; // (weights of a filter), of a convolution

        /// <summary>A layer for the node at which the reader stands, whose window stands there among the attributes.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="windowAt">Where among the attributes the window begins.</param>
        public NativeFilterLayer(BlobReader reader, int windowAt)
            : base(reader)
        {
            activationAt = windowAt + ByteWindow.Bytes;
            ByteWindow.Read(reader, windowAt, Window);
            Activation = (Activation)reader.Attribute(activationAt);
            Pool = reader.Attribute(activationAt + 1);
            Dense.Prepare(Activation);
            int filters = reader.Dimension(reader.Output, 2);
            bool relu = Activation == Activation.Relu;
            Shifts = new byte[relu ? 1 : filters];
            Table = relu ? NoTable : new sbyte[LevelDenseLayer.Levels];
            Steps = relu ? null : new float[2];
            Plain = new PlainWeights(reader, filters);
            patch = IsDepthwise ? null : new byte[Each];
        }

        /// <summary>Weights of a filter.</summary>
        public int Each
        {
            get { return Window[ByteWindow.Height] * Window[ByteWindow.Width] * (IsDepthwise ? 1 : Window[ByteWindow.Channels]); }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Plain.Starts.Length * (1 + Each); }
        }

        /// <inheritdoc/>
        public override int GivenZero
        {
            get { return Steps == null ? 0 : ByteKind.Middle; }
        }

        /// <inheritdoc/>
        protected override int FixedAttributes
        {
            get { return activationAt + 2; }
        }

        private bool IsDepthwise
        {
            get { return Kind == Int8DepthwiseConv2D.Int8DepthwiseConv2DCode; }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            Dense.Prepare(Activation);
            if (!base.HasRoomFor(reader) || reader.Dimension(reader.Input, 0) != Window[ByteWindow.InputHeight]
                || reader.Dimension(reader.Input, 1) != Window[ByteWindow.InputWidth])
            {
                return false;
            }

            Plain.Prepare();
            return true;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            ActivationParameter = ActivationTraits.HasParameter(Activation) ? reader.AttributeFloat(activationAt + 2) : 0f;
            if (reader.WeightsAt < 0)
            {
                return;
            }

            int filters = Plain.Starts.Length;
            int at = reader.WeightsAt + 4 * filters;
            Array.Copy(reader.Bytes, reader.Start + at, Shifts, 0, Shifts.Length);
            if (Steps != null)
            {
                Int8Table.Read(reader, at + BlobFormat.Align(Shifts.Length), Activation, ActivationParameter, Table, Steps);
            }

            Plain.Take(reader, reader.WeightsAt, at + Int8Attributes.StepBytes(Activation, filters), Each, Zero);
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            PlainWeights plain = Plain;
            int relu = Steps == null ? 1 : 0;
            if (patch == null)
            {
                Int8Kernels.Depthwise(x, plain.Bytes, plain.WeightsAt, plain.Starts, Bytes, Window, Pool, Zero, relu, Shifts, Table);
                return;
            }

            Int8Kernels.Convolve(
                x, plain.Bytes, plain.WeightsAt, plain.Starts, Bytes, Window, plain.Starts.Length, Pool, Zero, relu, Shifts, Table, patch);
        }
    }
}
