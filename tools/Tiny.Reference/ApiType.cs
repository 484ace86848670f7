namespace Tiny.Reference;

/// <summary>A type of an API table.</summary>
/// <param name="Kind">class, struct, enum, interface or delegate.</param>
/// <param name="Modifiers">static, sealed, abstract, readonly, ref, protected.</param>
/// <param name="FullName">Full name, '+' before a nested name.</param>
/// <param name="Bases">A class names its base first, an enum its underlying type; interfaces follow.</param>
/// <param name="Extras">usage=N, fields=..., flags, excluded and so on.</param>
public sealed record ApiType(string Kind, IReadOnlySet<string> Modifiers, string FullName, IReadOnlyList<string> Bases, ApiExtras Extras)
{
    /// <summary>Its members.</summary>
    public List<ApiMember> Members { get; } = [];

    /// <summary>Full name of the type it is nested in, or null.</summary>
    public string? Outer => FullName.Contains('+') ? FullName[..FullName.LastIndexOf('+')] : null;

    internal static ApiType Parse(string[] fields)
    {
        string[] words = fields[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string bases = fields.Length > 3 ? fields[3] : "";
        return new ApiType(words[^1], words[..^1].ToHashSet(), fields[2], bases.Split(',', StringSplitOptions.RemoveEmptyEntries),
            ApiExtras.Parse(fields.Skip(4)));
    }
}
