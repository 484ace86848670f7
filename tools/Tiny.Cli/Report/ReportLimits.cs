namespace Tiny.Cli.Report;

/// <summary>How much of a model and its data a page shows, so that it opens at once, whatever they are: 1.5 MB at most in all.</summary>
internal static class ReportLimits
{
    /// <summary>Values of the rows that are looked through for examples.</summary>
    internal const int Values = 20_000_000;

    /// <summary>Rows that are looked through.</summary>
    internal const int Rows = 20_000;

    /// <summary>Worst predictions shown.</summary>
    internal const int Worst = 12;

    /// <summary>Dots of a regression's chart.</summary>
    internal const int Dots = 600;

    /// <summary>Classes of a whole confusion matrix; of more, only the worst confusions.</summary>
    internal const int MatrixClasses = 30;

    /// <summary>Bars of a chart; of more values, each stands for the largest of several.</summary>
    internal const int Bars = 160;

    /// <summary>Pixels of all weights together; of more, each stands for the largest of several.</summary>
    internal const int WeightPixels = 120_000;

    /// <summary>Pixels of an example's picture; of more, each is the mean of several.</summary>
    internal const int PicturePixels = 9_216;

    /// <summary>Letters of a name.</summary>
    internal const int NameLetters = 60;

    /// <summary>Letters of a name where it stands in full.</summary>
    internal const int WholeName = 400;

    /// <summary>Bytes of the blob in the what-if panel; a larger model has no panel.</summary>
    internal const int PanelBlob = 384 * 1024;

    /// <summary>Inputs of the what-if panel; a model of more has none.</summary>
    internal const int PanelInputs = 8_192;

    /// <summary>Values of all rows that the panel begins with.</summary>
    internal const int PanelValues = 24_000;

    /// <summary>Rows that the panel begins with, at most.</summary>
    internal const int PanelRows = 36;
}
