using System.Collections.Concurrent;
using Tiny.Anomaly;
using Tiny.Core;
using Tiny.Desk;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Deployment;
using Tiny.FewLabels;
using Tiny.Training.Kinds;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Output;

/// <summary>
/// What a model needs of a board's flash: the framework, the assemblies of Tiny that predict with its layers or teach them, and its blob.
/// </summary>
/// <param name="Needs">The assemblies.</param>
/// <param name="BlobBytes">The blob.</param>
/// <param name="IsWide">Whether the kernels are those of large boards.</param>
/// <param name="Board">The board.</param>
/// <param name="Records">Tags of the records behind the blob's weights, some of which have an assembly of their own.</param>
internal sealed record ModelFlash(DeployedProgram Needs, int BlobBytes, bool IsWide, BoardProfile Board, IReadOnlyList<int> Records)
{
    private static readonly ConcurrentDictionary<string, DeployedProgram> Known = new();

    /// <summary>Bytes in all, the program itself not counted.</summary>
    internal int Bytes => Needs.FlashBytes + BlobBytes;

    /// <summary>Whether it is within the board's area.</summary>
    internal bool Fits => Board.HasFlashFor(Bytes);

    /// <summary>
    /// What predicting takes: with the kernels of large boards if they fit, and all that learns with them, else with those of small ones.
    /// </summary>
    internal static ModelFlash ToPredict(Network network, int blobBytes, BoardProfile board, IReadOnlyList<int> records)
    {
        bool wide = Of(network, blobBytes, board, records, wide: true, learns: network.CanLearn()).Fits;
        return Of(network, blobBytes, board, records, wide, learns: false);
    }

    /// <summary>The same with what learns.</summary>
    internal ModelFlash ToLearn(Network network) => Of(network, BlobBytes, Board, Records, IsWide, learns: true);

    /// <summary>What assemblies alone take.</summary>
    internal static DeployedProgram Of(params IEnumerable<string> libraries)
    {
        string[] names = [.. libraries.Distinct().Order(StringComparer.Ordinal)];
        return Known.GetOrAdd(string.Join(' ', names), _ => DeployedProgram.Of(names));
    }

    /// <summary>What a model takes with some kernels, to predict or to learn besides.</summary>
    private static ModelFlash Of(Network network, int blobBytes, BoardProfile board, IReadOnlyList<int> records, bool wide, bool learns)
    {
        List<string> libraries = ["Tiny.Core"];
        foreach (DeskKind kind in ModelText.Layers(network).Select(DeskKinds.Of))
        {
            libraries.AddRange(new[] { kind.Assembly, wide ? kind.WideAssembly : null }.OfType<string>());
        }

        if (network.Notes.FeatureBytes > 0)
        {
            libraries.Add(StreamForm.IsStream(network) ? "Tiny.Streaming" : "Tiny.Features");
        }

        if (records.Contains(AnomalySection.Tag))
        {
            libraries.Add(learns && network.Outputs == network.Inputs ? "Tiny.Anomaly.Learning" : "Tiny.Anomaly");
        }

        if (records.Contains(PrototypeSection.Tag) && learns)
        {
            libraries.Add("Tiny.FewLabels");
        }

        if (learns)
        {
            libraries.Add(wide ? "Tiny.Learning.Wide" : "Tiny.Learning");
            libraries.AddRange(ModelText.Layers(network).Select(DeskKinds.Of).Select(kind => kind.Learning).OfType<string>());
        }

        return new ModelFlash(Of(libraries), blobBytes, wide, board, records);
    }
}
