namespace Tiny.Training.Fleet;

/// <summary>What a difference between two models stands in the way of.</summary>
public enum DifferenceKind
{
    /// <summary>Of averaging alone: the same inputs give other numbers, such as another normalization.</summary>
    Arithmetic,

    /// <summary>Of trying both on the same rows, too: inputs or answers mean something else, such as other class names.</summary>
    Meaning,

    /// <summary>Of comparing them layer by layer, too: other layers, or others of their widths.</summary>
    Shape,
}

/// <summary>Something in which two models differ, besides what learning changes.</summary>
/// <param name="Kind">What it stands in the way of.</param>
/// <param name="What">What differs, such as "outputs of layer 0".</param>
/// <param name="First">What it is in the first model.</param>
/// <param name="Second">What it is in the second.</param>
/// <seealso cref="ModelComparison"/>
public sealed record ModelDifference(DifferenceKind Kind, string What, string First, string Second)
{
    /// <summary>The difference as the end of a sentence about the second model.</summary>
    /// <param name="first">What the first model is called.</param>
    public string Describe(string first) => $"{What}: {Second}, but {First} in {first}";
}
