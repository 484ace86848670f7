namespace Tiny.Core.Activations
{
    /// <summary>What is fixed about each activation: its rows per output, its parameter, whether it needs the sigmoid table.</summary>
    public static class ActivationTraits
    {
        /// <summary>Whether the code is one this version knows.</summary>
        public static bool IsKnown(int code)
        {
            return code >= (int)Activation.Linear && code <= (int)Activation.Maxout;
        }

        /// <summary>Rows of weights for each output: 2 for maxout, else 1.</summary>
        public static int RowsPerOutput(Activation activation)
        {
            return activation == Activation.Maxout ? 2 : 1;
        }

        /// <summary>Whether the activation has a parameter (slope or alpha), and so whether the blob stores one.</summary>
        public static bool HasParameter(Activation activation)
        {
            return activation == Activation.LeakyRelu || activation == Activation.Elu;
        }

        /// <summary>The parameter a layer gets when none is named: leaky ReLU 0.01, ELU 1, the others 0.</summary>
        public static float DefaultParameter(Activation activation)
        {
            return activation == Activation.LeakyRelu ? 0.01f : activation == Activation.Elu ? 1f : 0f;
        }

        /// <summary>Whether the activation passes only one side of 0 well, so that weights start larger (He's limit, not Glorot's).</summary>
        public static bool IsRectifier(Activation activation)
        {
            return activation == Activation.Relu || activation == Activation.LeakyRelu || activation == Activation.Elu
                || activation == Activation.Swish || activation == Activation.Maxout;
        }

        /// <summary>Whether the outputs are within -1 and 1 for any sums.</summary>
        internal static bool IsBounded(Activation activation)
        {
            return activation == Activation.Sigmoid || activation == Activation.Tanh || activation == Activation.Softmax;
        }

        /// <summary>Whether the activation reads <see cref="SigmoidTable"/>.</summary>
        public static bool UsesSigmoidTable(Activation activation)
        {
            return activation == Activation.Sigmoid || activation == Activation.Tanh || activation == Activation.Swish;
        }
    }
}
