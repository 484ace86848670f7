namespace Tiny.Training.Import;

/// <summary>How an imported model's answers compare with the graph's.</summary>
/// <param name="Rows">Rows that both have answered.</param>
/// <param name="MaxDifference">The largest difference of an output.</param>
/// <param name="LargestOutput">The largest magnitude of an output.</param>
/// <param name="Limit">What a difference may come to, as a share of the largest output.</param>
/// <seealso cref="OnnxImporter"/>
public sealed record ImportCheck(int Rows, double MaxDifference, double LargestOutput, double Limit)
{
    /// <summary>The largest difference as a share of the largest output.</summary>
    public double Relative => MaxDifference == 0 ? 0 : MaxDifference / LargestOutput;

    /// <summary>Whether the model answers as the graph does, as far as the arithmetic of a device allows.</summary>
    public bool Passed => Relative <= Limit;
}
