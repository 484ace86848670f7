using Tiny.Docs.Tests.Pages;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>Every block of C# in a page compiles, each by itself.</summary>
public class PageSnippetTests
{
    // What the blocks of a page may use beside what all examples may: their surroundings, as the page's text names them.
    private static readonly Dictionary<string, string> Surroundings = new()
    {
        ["build/package/README.md"] = "private static float[] inputs;",
        ["docs/ON-THE-DEVICE.md"] = "private static int gesture, recording;",
        ["docs/UPDATING.md"] =
            "private static byte[] key; private static IModelTrial trial; private static int Download(byte[] buffer) => 0;",
        ["src/STREAMING.md"] = "private static int milliseconds;",
    };

    private static readonly (string Path, Fence Fence)[] Blocks =
    [
        .. from page in Page.All
           from fence in page.Fences
           where fence.Info.Split(' ')[0] == "csharp"
           select (page.Path, fence),
    ];

    [Fact]
    public void All_blocks_are_looked_at()
    {
        Assert.True(Blocks.Length >= 10, $"Only {Blocks.Length} blocks of C# were found.");
        Assert.Contains(Blocks, block => block.Path == "README.md");
        Assert.Empty(Surroundings.Keys.Except(Blocks.Select(block => block.Path)));
    }

    [Fact]
    public void Every_block_compiles()
    {
        string[] faults = [.. Blocks.SelectMany(block => Faults(block.Path, block.Fence))];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Fact]
    public void A_block_that_does_not_compile_is_found_with_its_line()
    {
        Page page = new("README.md", "# A\n\n```csharp\nint gesture = network.Classify(features);\nnetwork.Predict(features);\n```\n");
        Assert.StartsWith("README.md:5: ", Assert.Single(Faults(page.Path, page.Fences[0])));
    }

    private static IEnumerable<string> Faults(string path, Fence fence) =>
        Example.Errors(string.Join('\n', fence.Lines), Surroundings.GetValueOrDefault(path, ""))
            .Select(error => $"{path}:{fence.Line + error.Line}: {error.Message}");
}
