using Tiny.Core.Activations;
using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>
/// A fully connected layer. Its inputs stand in another order in the graph than in the model where convolutions come before.
/// </summary>
/// <param name="node">The node that it stands for.</param>
/// <param name="flow">What it reads.</param>
/// <param name="sample">The sample.</param>
/// <param name="rows">Outputs.</param>
/// <param name="weight">A weight by output and input of the graph.</param>
internal sealed class DenseDraft(OnnxNode node, Flow flow, Sample sample, int rows, Func<int, int, double> weight)
    : WeightedDraft(flow.Source, node, rows, flow.Count)
{
    private int[] order = [];

    /// <inheritdoc/>
    internal override LayerDescription Describe() =>
        new DenseDescription(Function == Activation.Maxout ? Rows / 2 : Rows, Function) { ActivationParameter = Parameter };

    /// <inheritdoc/>
    protected override void Prepare()
    {
        order = new int[flow.Count];
        for (int i = 0; i < order.Length; i++)
        {
            int origin = flow.Origin(i);
            order[flow.Source is null ? sample.Place(origin) : origin] = i;
        }
    }

    /// <inheritdoc/>
    protected override double Weight(int row, int input) => weight(row, order[input]);
}
