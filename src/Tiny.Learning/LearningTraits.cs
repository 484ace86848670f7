using Tiny.Core.Activations;

namespace Tiny.Learning
{
    /// <summary>What learning and whoever makes networks know of each activation, beyond what predicting needs.</summary>
    public static class LearningTraits
    {
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
        public static bool IsBounded(Activation activation)
        {
            return activation == Activation.Sigmoid || activation == Activation.Tanh || activation == Activation.Softmax;
        }
    }
}
