using Tiny.Cli.Tests;

namespace Tiny.Studio.Tests.Checks;

/// <summary>A check of the whole, in processes and a browser of its own; it takes too long to run with every build.</summary>
public sealed class StudioCheckAttribute : FactAttribute
{
    public StudioCheckAttribute()
    {
        Skip = Environment.GetEnvironmentVariable("TINY_STUDIO_CHECKS") != "1" ? "Set TINY_STUDIO_CHECKS=1 to run it, as .ci/run does."
            : Chromium.Path is null ? "Chromium is not installed (Debian: apt-get install chromium)." : null;
    }
}
