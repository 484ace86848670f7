namespace Tiny.Training.Pruning;

/// <summary>The weights of a layer as pruning sees them: rows, such as units or filters, of a weight for each input.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Inputs">Weights of a row.</param>
/// <param name="IndexOf">Where in the network's array the weight of a row (first) and an input (second) stands.</param>
/// <seealso cref="PruningOptions"/>
public sealed record WeightGrid(int Rows, int Inputs, Func<int, int, int> IndexOf)
{
    /// <summary>Weights in all.</summary>
    public long Count => (long)Rows * Inputs;
}
