namespace Tiny.Publishing.Tests.Packages;

/// <summary>A test of what build/Packages.proj has packed into the folder TINY_PACKED.</summary>
public sealed class PackedFactAttribute : FactAttribute
{
    public PackedFactAttribute() =>
        Skip = Folder is null ? "Set TINY_PACKED to a folder that dotnet pack build/Packages.proj -o has filled, as check.sh does." : null;

    public static string? Folder => Environment.GetEnvironmentVariable("TINY_PACKED") is { Length: > 0 } folder ? folder : null;
}
