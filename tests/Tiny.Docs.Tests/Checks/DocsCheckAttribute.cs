namespace Tiny.Docs.Tests.Checks;

/// <summary>A check that runs every command of every page; it takes too long to run with every build.</summary>
public sealed class DocsCheckAttribute : FactAttribute
{
    public DocsCheckAttribute()
    {
        Skip = Environment.GetEnvironmentVariable("TINY_DOCS_CHECKS") != "1" ? "Set TINY_DOCS_CHECKS=1 to run it, as .ci/run does." : null;
    }
}
