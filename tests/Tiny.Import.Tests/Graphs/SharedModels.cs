using Tiny.Tests;

namespace Tiny.Import.Tests.Graphs;

/// <summary>
/// Public models that lie beside the checkout, in ../shared/models or where TINY_SHARED says; not part of the repository.
/// </summary>
internal static class SharedModels
{
    /// <summary>The folder, or null where there is none.</summary>
    internal static string? Folder { get; } =
        new[] { Environment.GetEnvironmentVariable("TINY_SHARED"), System.IO.Path.Combine(Repository.Root, "..", "shared") }
        .OfType<string>().Select(shared => System.IO.Path.Combine(shared, "models")).FirstOrDefault(Directory.Exists);

    internal static string Path(string name) => System.IO.Path.Combine(Folder!, name);
}

/// <summary>A test on those models; skipped with a word where they are absent, or ONNX Runtime does not load.</summary>
public sealed class SharedModelTheoryAttribute : TheoryAttribute
{
    public SharedModelTheoryAttribute()
    {
        Skip = SharedModels.Folder is null
            ? "The public models are not beside the checkout (../shared/models, or below the folder that TINY_SHARED names)."
            : Runtime.Missing;
    }
}
