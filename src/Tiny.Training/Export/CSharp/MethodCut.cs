namespace Tiny.Training.Export.CSharp;

/// <summary>A part of a matrix of weights that goes into one method, within the device's limits of locals and of branches.</summary>
/// <param name="From">The first input.</param>
/// <param name="To">Behind the last.</param>
/// <param name="FirstRow">The first row.</param>
/// <param name="EndRow">Behind the last.</param>
internal sealed record MethodCut(int From, int To, int FirstRow, int EndRow)
{
    // 255 is the runtime's limit of locals; 32 KB that of a branch, and no branch crosses a whole method.
    private const int MostLocals = 190;
    private const int MostMethodBytes = 20_000;

    /// <summary>Blocks of inputs in order, each over chunks of rows.</summary>
    internal static IReadOnlyList<MethodCut> Of(int inputs, int rows)
    {
        List<MethodCut> cuts = [];
        for (int from = 0; from < inputs; from += MostLocals)
        {
            int to = Math.Min(inputs, from + MostLocals);
            int most = Math.Max(1, MostMethodBytes / (DensePart.BytesEach * (to - from + 1)));
            for (int row = 0; row < rows; row += most)
            {
                cuts.Add(new MethodCut(from, to, row, Math.Min(rows, row + most)));
            }
        }

        return cuts;
    }
}
