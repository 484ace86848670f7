namespace Tiny.Training.Layers;

/// <summary>Places beyond the edges that a window may reach.</summary>
/// <param name="Above">Above the first row.</param>
/// <param name="Left">Left of the first column.</param>
/// <param name="Below">Below the last row.</param>
/// <param name="Right">Right of the last column.</param>
/// <seealso cref="LayerDescription"/>
public readonly record struct WindowPadding(int Above, int Left, int Below, int Right);
