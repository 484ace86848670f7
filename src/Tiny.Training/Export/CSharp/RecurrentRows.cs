using System.Globalization;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// A product of a recurrent layer as source: rows of a bias, weights of the channels, then of the
/// states, summed in that order by as many methods as the device's limits ask for.
/// </summary>
/// <param name="Name">What the methods and the array of sums are called.</param>
/// <param name="Parameters">The layer's.</param>
/// <param name="At">Where the rows begin.</param>
/// <param name="Rows">How many.</param>
/// <param name="Channels">Weights of channels in a row.</param>
/// <param name="States">Weights of states behind them.</param>
internal sealed record RecurrentRows(string Name, float[] Parameters, int At, int Rows, int Channels, int States)
{
    private IReadOnlyList<MethodCut> Cuts => MethodCut.Of(Channels + States, Rows);

    /// <summary>Writes the calls of the methods.</summary>
    internal void Call(CSharpText text, string number, string sums)
    {
        for (int i = 0; i < Cuts.Count; i++)
        {
            text.Line($"{Name}{number}Part{i}(x, at, h, {sums});");
        }
    }

    /// <summary>Writes the methods.</summary>
    internal void Methods(CSharpText text, string number)
    {
        IReadOnlyList<MethodCut> cuts = Cuts;
        for (int i = 0; i < cuts.Count; i++)
        {
            MethodCut cut = cuts[i];
            text.Blank();
            text.Block($"private static void {Name}{number}Part{i}(float[] x, int at, float[] h, float[] z)", () => Sum(text, cut));
        }
    }

    private void Sum(CSharpText text, MethodCut cut)
    {
        for (int k = cut.From; k < cut.To; k++)
        {
            text.Line(string.Create(CultureInfo.InvariantCulture,
                $"float x{k} = {(k < Channels ? $"x[at + {k}]" : $"h[{k - Channels}]")};"));
        }

        int each = 1 + Channels + States;
        for (int row = cut.FirstRow; row < cut.EndRow; row++)
        {
            int bias = At + row * each;
            string start = cut.From == 0 ? CSharpText.Float(Parameters[bias]) : $"z[{row}]";
            text.Line($"z[{row}] = {start}{string.Concat(Enumerable.Range(cut.From, cut.To - cut.From).Select(
                k => $" + {CSharpText.Float(Parameters[bias + 1 + k])} * x{k}"))};");
        }
    }
}
