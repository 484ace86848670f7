using System.Runtime.CompilerServices;
using Tiny.Training.Kinds;

namespace Tiny.TestKind.Tests;

/// <summary>The registration of the kind on the desk.</summary>
internal static class ChannelScaleKind
{
    private const string Script = """
        tiny.kinds[64] = {
          outputs: node => node.inputs,
          parse(node, reader) { node.weights = reader.floats(node.inputs); },
          run: (node, x) => x.map((value, i) => Math.fround(value * node.weights[i])),
        };
        """;

#pragma warning disable CA2255 // A test assembly has no other place to begin at.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        ChannelScale.Register();
        DeskKinds.Register(new DeskKind(
            ChannelScale.ChannelScaleCode, "channel scale")
        { Source = new Export.ChannelScale(), Script = Script });
    }
}
