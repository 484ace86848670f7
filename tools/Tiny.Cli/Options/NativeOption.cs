using System.CommandLine;

namespace Tiny.Cli.Options;

/// <summary>The option --native.</summary>
internal sealed class NativeOption
{
    internal Option<bool> Option { get; } = new("--native") { Description = "Counts besides what it costs where the firmware has Tiny's kernels in C (src/Tiny.Native/README.md)" };

    internal bool Read(ParseResult parsed) => parsed.GetValue(Option);
}
