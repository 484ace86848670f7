using Tiny.Core.Activations;
using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Matching;

/// <summary>
/// A layer of rows of weights, each with a bias. What is multiplied and added behind it goes into them in double, and is rounded once.
/// </summary>
/// <param name="input">What it reads; null for the sample.</param>
/// <param name="node">The node that it stands for.</param>
/// <param name="rows">Rows.</param>
/// <param name="each">Weights of each.</param>
internal abstract class WeightedDraft(Draft? input, OnnxNode node, int rows, int each) : Draft([input], node)
{
    private readonly double[] factors = [.. Enumerable.Repeat(1.0, rows)];
    private readonly double[] biases = new double[rows];

    /// <summary>Rows of weights.</summary>
    internal int Rows => biases.Length;

    /// <inheritdoc/>
    internal override bool TakesActivation => Function == Activation.Linear;

    /// <inheritdoc/>
    internal override bool TakesFactors => Function == Activation.Linear;

    /// <inheritdoc/>
    internal override void Scale(double[] factors, double[] summands)
    {
        for (int row = 0; row < biases.Length; row++)
        {
            this.factors[row] *= factors[row];
            biases[row] = biases[row] * factors[row] + summands[row];
        }
    }

    /// <inheritdoc/>
    internal override float[] Parameters()
    {
        Prepare();
        float[] parameters = new float[(long)biases.Length * (1 + each)];
        int at = 0;
        for (int row = 0; row < biases.Length; row++)
        {
            parameters[at++] = (float)biases[row];
            for (int input = 0; input < each; input++)
            {
                parameters[at++] = (float)(Weight(row, input) * factors[row]);
            }
        }

        return Array.TrueForAll(parameters, float.IsFinite)
            ? parameters : throw Node.Fault("has weights or biases that are not finite numbers in float32.");
    }

    /// <summary>What is needed once before weights are asked for.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>A weight of the graph.</summary>
    /// <param name="row">The row.</param>
    /// <param name="input">The input, in the order of the blob.</param>
    protected abstract double Weight(int row, int input);
}
