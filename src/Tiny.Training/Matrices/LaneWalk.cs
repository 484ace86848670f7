namespace Tiny.Training.Matrices;

/// <summary>
/// How the gradient on weights walks through a batch: groups, in each rows of places, in each
/// columns. Steps are in floats, of x and of the gradient on the sums.
/// </summary>
/// <param name="Groups">Groups of rows of the batch.</param>
/// <param name="XGroup">From one group of x to the next.</param>
/// <param name="DzGroup">The same of the gradient.</param>
/// <param name="Rows">Rows of places.</param>
/// <param name="XRow">From one row of windows to the next.</param>
/// <param name="DzRow">The same of the gradient.</param>
/// <param name="Columns">Places of a row.</param>
/// <param name="XStep">From one window to the next.</param>
/// <param name="DzStep">The same of the gradient.</param>
internal readonly record struct LaneWalk(
    int Groups, int XGroup, int DzGroup, int Rows, int XRow, int DzRow, int Columns, int XStep, int DzStep);
