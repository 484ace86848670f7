using System.Globalization;
using System.Reflection;

namespace Tiny.Studio.Exporting;

/// <summary>The texts that samples are made of, in which names between dollars stand for what differs.</summary>
internal static class SampleText
{
    private const string Prefix = "Template/";

    /// <summary>A text with its names filled in.</summary>
    internal static string Fill(string template, params (string Name, string Value)[] values)
    {
        string text = Read(Prefix + template);
        foreach ((string name, string value) in values)
        {
            text = text.Replace($"${name}$", value, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A resource of this tool as text.</summary>
    internal static string Read(string resource)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A text as a literal of C#.</summary>
    internal static string Literal(string text) => "\"" + string.Concat(text.Select(Escaped)) + "\"";

    private static string Escaped(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        _ when char.IsControl(character) => "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture),
        _ => character.ToString(),
    };
}
