namespace Tiny.Reference;

/// <summary>A field, property, event or method of an API table.</summary>
/// <param name="Kind">F, P, E or M.</param>
/// <param name="Modifiers">protected, static, abstract, virtual, override, final, native, const, readonly, volatile.</param>
/// <param name="Type">Type of the value, or what a method returns.</param>
/// <param name="Name">The name.</param>
/// <param name="Value">Value of a constant as written, or null.</param>
/// <param name="Parameters">Parameters of a method or an indexer.</param>
/// <param name="Accessors">get, set of a property.</param>
/// <param name="Extras">obsolete, conditional.</param>
public sealed record ApiMember(
    char Kind,
    IReadOnlySet<string> Modifiers,
    string Type,
    string Name,
    string? Value,
    IReadOnlyList<ApiParameter> Parameters,
    IReadOnlyList<string> Accessors,
    ApiExtras Extras)
{
    internal static ApiMember Parse(string[] fields)
    {
        char kind = fields[0][0];
        string signature = fields[3];
        int extras = kind == 'P' ? 5 : 4;
        string name = signature;
        string? value = null;
        IReadOnlyList<ApiParameter> parameters = [];
        int bracket = kind == 'M' ? signature.IndexOf('(') : kind == 'P' ? signature.IndexOf('[') : -1;
        if (bracket >= 0)
        {
            name = signature[..bracket];
            parameters = ApiParameter.ParseList(signature[(bracket + 1)..^1]);
        }
        else if (kind == 'F' && signature.IndexOf(" = ", StringComparison.Ordinal) is > 0 and int at)
        {
            name = signature[..at];
            value = signature[(at + 3)..];
        }

        return new ApiMember(
            kind,
            fields[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
            fields[2],
            name,
            value,
            parameters,
            kind == 'P' ? fields[4].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [],
            ApiExtras.Parse(fields.Skip(extras)));
    }
}
