using System.Text.Json.Nodes;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Deployment;

namespace Tiny.Cli.Output;

/// <summary>Whether a board has the flash for a program, with all it runs with.</summary>
/// <param name="Deployed">What it takes.</param>
/// <param name="Board">The board.</param>
internal sealed record ProgramRoom(DeployedProgram Deployed, BoardProfile Board)
{
    private const string Wide = ".Wide";

    /// <summary>Whether it fits.</summary>
    internal bool Fits => Board.HasFlashFor(Deployed.FlashBytes);

    /// <summary>Looks at a program.</summary>
    internal static ProgramRoom Of(DeviceProgram program, BoardProfile board) => new(DeployedProgram.Of(program), board);

    /// <summary>What would fit, or come nearer.</summary>
    internal IReadOnlyList<string> Advice()
    {
        List<string> advice = [];
        AssemblyNeeds[] wide = [.. Deployed.Assemblies.Where(
            assembly => assembly.Name.StartsWith("Tiny.", StringComparison.Ordinal)
                && assembly.Name.EndsWith(Wide, StringComparison.Ordinal))];
        if (wide.Length > 0)
        {
            advice.Add($"the small kernels, without {string.Join(" and ", wide.Select(assembly => assembly.Name))}: "
                + $"{Format.Bytes(Deployed.FlashBytes - wide.Sum(assembly => assembly.Bytes))}");
        }

        AssemblyNeeds[] tiny = [.. Deployed.Assemblies.Where(
            assembly => assembly.Name is "Tiny.Core" or "Tiny.Core.Wide" or "Tiny.Int8" or "Tiny.Int8.Wide")];
        if (tiny.Length > 0 && !Deployed.Assemblies.Any(assembly => assembly.Name.StartsWith("Tiny.Learning", StringComparison.Ordinal)))
        {
            advice.Add("the model as C# source (tiny export --format csharp), "
                + $"without {string.Join(" and ", tiny.Select(assembly => assembly.Name))}: "
                + $"{Format.Bytes(Deployed.FlashBytes - tiny.Sum(assembly => assembly.Bytes))} and the source");
            advice.Add("if the model is in the program and float32, int8 (tiny quantize): a quarter of its bytes");
        }

        return advice;
    }

    /// <summary>The figures of flash, and of heap before Main.</summary>
    internal void AddTo(JsonObject figures)
    {
        figures["flash_bytes"] = Deployed.FlashBytes;
        figures["flash_area"] = Board.DeploymentBytes;
        figures["assemblies"] = new JsonObject(
            Deployed.Assemblies.Select(assembly => KeyValuePair.Create(assembly.Name, (JsonNode?)assembly.Bytes)));
        figures["heap_before_main"] = Deployed.HeapBeforeMain;
        figures["fits"] = Fits;
        figures["would_fit"] = Fits ? null : Json.Strings(Advice());
    }

    /// <summary>Such as "59.5 KB of flash of 68.0 KB".</summary>
    internal string InWords =>
        $"{Format.Bytes(Deployed.FlashBytes)} of flash with the "
        + $"framework{(Board.DeploymentBytes == 0 ? "" : $" of {Format.Bytes(Board.DeploymentBytes)} for programs")}";
}
