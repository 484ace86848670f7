using Tiny.Training.Fleet;

namespace Tiny.Cli.Output;

/// <summary>Reads the models of a fleet.</summary>
internal static class FleetFile
{
    /// <exception cref="ModelException">It cannot be read, or is no model.</exception>
    internal static FleetModel Load(string path) => new(path, ModelFile.Load(path).Network);
}
