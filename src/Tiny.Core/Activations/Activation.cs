namespace Tiny.Core.Activations
{
    /// <summary>What a layer does with its sums. The values are the blob's codes and never change.</summary>
    public enum Activation
    {
        /// <summary>x.</summary>
        Linear = 0,

        /// <summary>1 / (1 + e^-x), from <see cref="SigmoidTable"/>: error at most 4.3e-5.</summary>
        Sigmoid = 1,

        /// <summary>tanh x, from <see cref="SigmoidTable"/>: error at most 8.6e-5.</summary>
        Tanh = 2,

        /// <summary>max(0, x).</summary>
        Relu = 3,

        /// <summary>x where positive, else slope * x; the parameter is the slope, 0.01 by default.</summary>
        LeakyRelu = 4,

        /// <summary>x where positive, else alpha * (e^x - 1); the parameter is alpha, 1 by default.</summary>
        Elu = 5,

        /// <summary>x * sigmoid(x), the sigmoid from <see cref="SigmoidTable"/>.</summary>
        Swish = 6,

        /// <summary>e^(x - max) / sum over the layer. Last layer only, with softmax cross-entropy.</summary>
        Softmax = 7,

        /// <summary>max over pairs of neighboring sums: a layer of n outputs has 2 n rows of weights.</summary>
        Maxout = 8,
    }
}
