namespace Tiny.Training;

/// <summary>Watches the loss on held-back rows, keeps the best parameters, and says when patience is at its end.</summary>
internal sealed class EarlyStopping(int patience)
{
    private float[] parameters = [];

    /// <summary>Whether the loss has not improved for as many epochs as patience allows.</summary>
    internal bool Stops => patience > 0 && Worse >= patience;

    /// <summary>The least loss so far.</summary>
    internal double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>Epochs since then.</summary>
    internal int Worse { get; private set; }

    /// <summary>The parameters that gave it; empty before the first look.</summary>
    internal float[] BestParameters => parameters;

    /// <summary>Takes note of an epoch. Without a loss there is nothing to watch.</summary>
    internal void Look(double? loss, float[] current)
    {
        if (loss is not double value)
        {
            return;
        }

        Worse++;
        if (value < Best)
        {
            Restore(value, 0, current);
        }
    }

    /// <summary>Goes on from what was noted before.</summary>
    internal void Restore(double best, int worse, float[] bestParameters)
    {
        Best = best;
        Worse = worse;
        Array.Resize(ref parameters, bestParameters.Length);
        bestParameters.CopyTo(parameters, 0);
    }

    /// <summary>Puts the best parameters back.</summary>
    internal void RestoreBest(float[] current) => parameters.CopyTo(current, 0);
}
