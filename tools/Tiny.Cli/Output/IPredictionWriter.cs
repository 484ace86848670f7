using Tiny.Cli.Options;

namespace Tiny.Cli.Output;

/// <summary>Writes answers to stdout, one for each row of the data.</summary>
internal interface IPredictionWriter
{
    /// <summary>Begins.</summary>
    /// <param name="inputs">The rows to come.</param>
    void Begin(ModelInputs inputs);

    /// <summary>Writes the answer to a row.</summary>
    /// <param name="classIndex">The class; -1 of a regression.</param>
    /// <param name="outputs">The network's outputs; null for a row without answer.</param>
    void Write(int classIndex, float[]? outputs);

    /// <summary>Ends.</summary>
    void End();
}
