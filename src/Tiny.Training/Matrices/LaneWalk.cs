namespace Tiny.Training.Matrices;

/// <summary>
/// How the gradient on weights walks through places of a group: rows, in each columns. Steps are in floats, of x and of the gradient on
/// the sums.
/// </summary>
/// <param name="Rows">Rows of places.</param>
/// <param name="XRow">From one row of windows to the next.</param>
/// <param name="DzRow">The same of the gradient.</param>
/// <param name="Columns">Places of a row.</param>
/// <param name="XStep">From one window to the next.</param>
/// <param name="DzStep">The same of the gradient.</param>
internal readonly record struct LaneWalk(int Rows, int XRow, int DzRow, int Columns, int XStep, int DzStep);
