namespace Tiny.Reference;

/// <summary>A parameter of an API table: [this ][expr(p) ][caller ][out |in |ref |params ]type name[ = value].</summary>
/// <param name="Words">this, caller, out, in, ref, params.</param>
/// <param name="Expression">The parameter whose argument's text is the default, or null.</param>
/// <param name="Type">The type.</param>
/// <param name="Name">The name.</param>
/// <param name="Value">The default value as written, or null.</param>
public sealed record ApiParameter(IReadOnlySet<string> Words, string? Expression, string Type, string Name, string? Value)
{
    internal static IReadOnlyList<ApiParameter> ParseList(string text) => [.. Split(text).Select(Parse)];

    private static ApiParameter Parse(string text)
    {
        string? value = null;
        int equals = text.IndexOf(" = ", StringComparison.Ordinal);
        if (equals >= 0)
        {
            value = text[(equals + 3)..];
            text = text[..equals];
        }

        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? expression = words.FirstOrDefault(word => word.StartsWith("expr(", StringComparison.Ordinal));
        return new ApiParameter(
            words[..^2].Where(word => word != expression).ToHashSet(), expression?["expr(".Length..^1], words[^2], words[^1], value);
    }

    /// <summary>At commas outside quotes and brackets.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int start = 0;
        int depth = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            quoted ^= c == '"';
            depth += quoted ? 0 : c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (c == ',' && !quoted && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        if (text.Length > 0)
        {
            yield return text[start..];
        }
    }
}
