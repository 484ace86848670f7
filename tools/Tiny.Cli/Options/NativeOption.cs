using System.CommandLine;

namespace Tiny.Cli.Options;

/// <summary>The option --native.</summary>
internal sealed class NativeOption
{
    internal Option<bool> Option { get; } =
        new("--native") { Description = "Also count the cost with Tiny's kernels in C in the firmware (src/Tiny.Native/README.md)" };

    internal bool Read(ParseResult parsed) => parsed.GetValue(Option);
}
