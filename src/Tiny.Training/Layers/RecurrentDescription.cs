namespace Tiny.Training.Layers;

/// <summary>A recurrent layer that is to be.</summary>
/// <param name="Units">Units of its state.</param>
/// <seealso cref="LayerDescription"/>
public abstract record RecurrentDescription(int Units) : LayerDescription
{
    /// <summary>Whether it gives its state after every sample, for another recurrent layer behind it; else the last.</summary>
    public bool GivesEvery { get; init; }

    /// <summary>
    /// Samples through which a gradient goes back at most: the window is cut into pieces of so many, counted from
    /// its end, and no gradient passes from one to the piece before. 0 for the whole window.
    /// </summary>
    public int Truncation { get; init; }

    /// <inheritdoc/>
    public override bool TakesShape => true;
}
