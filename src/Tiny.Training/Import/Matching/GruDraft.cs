using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>
/// Gated recurrent units. ONNX has rows of z, r and n one above the other, for the sample, for the state, and two biases each.
/// </summary>
/// <param name="node">The node that it stands for.</param>
/// <param name="input">What it reads; null for the sample.</param>
/// <param name="w">(1, 3 units, channels) weights of the sample.</param>
/// <param name="r">(1, 3 units, units) weights of the state.</param>
/// <param name="b">(1, 6 units) biases of both; null for 0.</param>
/// <param name="exact">Whether its gates are computed as they are, and not read from the table.</param>
internal sealed class GruDraft(OnnxNode node, Draft? input, Tensor w, Tensor r, Tensor? b, bool exact) : Draft([input], node)
{
    private readonly int units = r.Shape[2];
    private readonly int channels = w.Shape[2];

    /// <summary>Units of the state.</summary>
    internal int Units => units;

    /// <summary>Whether it gives the state after every sample.</summary>
    internal bool GivesEvery { get; private set; } = true;

    /// <summary>From now on it gives the last state alone.</summary>
    internal void TakeLast()
    {
        GivesEvery = false;
        Output = Shape.Vector(units);
    }

    /// <inheritdoc/>
    internal override LayerDescription Describe() => new GruDescription(units) { GivesEvery = GivesEvery, IsExact = exact };

    /// <inheritdoc/>
    internal override float[] Parameters()
    {
        List<double> parameters = [];
        for (int row = 0; row < 2 * units; row++)
        {
            // A bias of the sample and one of the state come to one: rounded once.
            parameters.Add(Bias(row) + Bias(3 * units + row));
            parameters.AddRange(OfSample(row));
            parameters.AddRange(OfState(row));
        }

        for (int row = 2 * units; row < 3 * units; row++)
        {
            parameters.Add(Bias(row));
            parameters.AddRange(OfSample(row));
        }

        for (int row = 2 * units; row < 3 * units; row++)
        {
            parameters.Add(Bias(3 * units + row));
            parameters.AddRange(OfState(row));
        }

        return [.. parameters.Select(value => (float)value)];
    }

    private double Bias(int row) => b?[row] ?? 0;

    private IEnumerable<double> OfSample(int row) => Enumerable.Range(row * channels, channels).Select(i => w[i]);

    private IEnumerable<double> OfState(int row) => Enumerable.Range(row * units, units).Select(i => r[i]);
}
