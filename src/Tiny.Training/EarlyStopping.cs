namespace Tiny.Training;

/// <summary>Watches the loss on held-back rows, keeps the best parameters, and says when patience is at its end.</summary>
internal sealed class EarlyStopping(int patience)
{
    private double best = double.PositiveInfinity;
    private float[]? parameters;
    private int worse;

    /// <summary>Whether the loss has not improved for as many epochs as patience allows.</summary>
    internal bool Stops => patience > 0 && worse >= patience;

    /// <summary>Takes note of an epoch. Without a loss there is nothing to watch.</summary>
    internal void Look(double? loss, float[] current)
    {
        if (loss is not double value)
        {
            return;
        }

        worse++;
        if (value < best)
        {
            best = value;
            worse = 0;
            parameters = [.. current];
        }
    }

    /// <summary>Puts the best parameters back.</summary>
    internal void RestoreBest(float[] current) => parameters?.CopyTo(current, 0);
}
