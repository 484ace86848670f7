namespace Tiny.Cli.Sweep;

/// <summary>How configurations are found.</summary>
internal enum Search
{
    /// <summary>All of them.</summary>
    Grid,

    /// <summary>So many, drawn.</summary>
    Random,

    /// <summary>So many, drawn, trained briefly; the better part of them longer, and so on (Jamieson and Talwalkar 2016).</summary>
    Halving,
}

/// <summary>What a sweep file asks for.</summary>
/// <param name="Data">The data file, as tiny train takes it; relative to the sweep file.</param>
/// <param name="Options">Options of tiny train that all trials share: how the data is read, which rows are for testing.</param>
/// <param name="Validation">The share of the training rows that configurations are judged by.</param>
/// <param name="Search">How configurations are found.</param>
/// <param name="Trials">Configurations to draw.</param>
/// <param name="Seed">Fixes what is drawn, and the trials' own seeds.</param>
/// <param name="Repeats">Seeds for each configuration.</param>
/// <param name="Space">The values to choose from, by option.</param>
/// <param name="Halving">How halving goes on.</param>
/// <param name="Constraints">What a model may cost.</param>
/// <param name="Within">How much worse than the best a smaller model may be to be chosen: a share of accuracy, or of the RMSE.</param>
internal sealed record SweepPlan(
    string Data,
    IReadOnlyList<string> Options,
    double Validation,
    Search Search,
    int Trials,
    int Seed,
    int Repeats,
    IReadOnlyList<Dimension> Space,
    HalvingPlan Halving,
    Constraints Constraints,
    double Within)
{
    /// <summary>Whether the front's models are counted besides where the firmware has the kernels in C.</summary>
    internal bool CountsNative { get; init; }

    /// <summary>How many stages there are: 1 but for halving.</summary>
    internal int Rungs
    {
        get
        {
            int rungs = 1;
            for (double left = (double)Trials / Halving.Keep; Search == Search.Halving && left >= 1
                && rungs < Halving.MostRungs; left /= Halving.Keep)
            {
                rungs++;
            }

            return rungs;
        }
    }
}

/// <summary>How halving goes on.</summary>
/// <param name="Epochs">Epochs of the first rung.</param>
/// <param name="Keep">One in so many goes on, with as many times the epochs.</param>
/// <param name="MostRungs">Rungs at most.</param>
internal sealed record HalvingPlan(int Epochs, int Keep, int MostRungs);

/// <summary>What a model may cost; null for no limit.</summary>
/// <param name="Board">The board that is meant.</param>
/// <param name="MaxRam">Bytes of heap to predict.</param>
/// <param name="MaxMilliseconds">Of a prediction.</param>
/// <param name="MaxBytes">Of the blob.</param>
internal sealed record Constraints(string Board, long? MaxRam, double? MaxMilliseconds, long? MaxBytes);
