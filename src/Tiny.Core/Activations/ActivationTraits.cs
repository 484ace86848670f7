namespace Tiny.Core.Activations
{
    /// <summary>What is fixed about each activation: its rows per output, its parameter, whether it needs the sigmoid table.</summary>
    /// <example>
    /// <code>
    /// int rows = 3 * ActivationTraits.RowsPerOutput(Activation.Maxout); // 6 rows of weights for 3 outputs
    /// </code>
    /// </example>
    public static class ActivationTraits
    {
        /// <summary>Whether the code is one this version knows.</summary>
        /// <param name="code">The code of an activation.</param>
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

        /// <summary>Whether a parameter is within its range: a slope from 0 to 1, an alpha above 0 and at most 1000.</summary>
        /// <param name="activation">The activation.</param>
        /// <param name="parameter">Its parameter.</param>
        public static bool ParameterFits(Activation activation, float parameter)
        {
            return activation == Activation.LeakyRelu ? parameter >= 0f && parameter <= 1f : parameter > 0f && parameter <= 1000f;
        }

        /// <summary>Whether the activation reads <see cref="SigmoidTable"/>.</summary>
        public static bool UsesSigmoidTable(Activation activation)
        {
            return activation == Activation.Sigmoid || activation == Activation.Tanh || activation == Activation.Swish;
        }
    }
}
