namespace Tiny.Training.Matrices;

/// <summary>The summands of a filter at a place: rows of taps, in each runs of values that stand beside each other.</summary>
/// <param name="Rows">Rows of taps.</param>
/// <param name="RowStep">Floats in x from one to the next.</param>
/// <param name="Columns">Runs of a row.</param>
/// <param name="ColumnStep">Floats in x from one to the next.</param>
/// <param name="Summands">Values of a run.</param>
/// <param name="WeightStep">Floats of weights from one summand to the next.</param>
/// <param name="WeightSkip">Floats of weights passed over between two rows.</param>
internal readonly record struct LaneTaps(int Rows, int RowStep, int Columns, int ColumnStep, int Summands, int WeightStep, int WeightSkip);
