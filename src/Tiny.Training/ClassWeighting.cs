namespace Tiny.Training;

/// <summary>How much the rows of each class count in the loss.</summary>
public enum ClassWeighting
{
    /// <summary>All rows count alike.</summary>
    None,

    /// <summary>
    /// All classes count alike: a row's weight is rows / (classes * rows of its class), 1 on average over the training rows.
    /// </summary>
    Balanced,
}
