namespace Tiny.Core.Losses
{
    /// <summary>What learning makes small. o are the outputs, t the targets, n their number. The values are the blob's codes.</summary>
    public enum Loss
    {
        /// <summary>1/n sum (o - t)^2.</summary>
        MeanSquaredError = 0,

        /// <summary>1/2 sum (o - t)^2.</summary>
        HalfSquaredError = 1,

        /// <summary>-1/n sum (t ln o + (1 - t) ln (1 - o)), computed from the logit; the last layer is sigmoid.</summary>
        BinaryCrossEntropy = 2,

        /// <summary>-sum t ln o; the last layer is softmax.</summary>
        SoftmaxCrossEntropy = 3,

        /// <summary>sum over j != y of max(0, o_j - o_y + 1), y the class; the last layer is not softmax.</summary>
        MultiClassHinge = 4,
    }
}
