namespace Tiny.Training;

/// <summary>
/// How rows are changed each time they are learned from, so that a network learns what does
/// not matter. Rows that are tried stay as they are.
/// </summary>
/// <param name="Shift">The most places that an image is moved, down and across, or a signal
/// in time; what moves in is as what was at the edge.</param>
/// <param name="Noise">The standard deviation of noise on each value, in those of the training rows.</param>
/// <param name="Scale">The most that a row is made stronger or weaker, as a share: all its
/// values times the same number from 1 - Scale to 1 + Scale.</param>
/// <example>
/// <code>
/// TrainingOptions options = new() { Augmentation = new Augmentation(Noise: 0.05f) };
/// </code>
/// </example>
public sealed record Augmentation(int Shift = 0, float Noise = 0f, float Scale = 0f);
