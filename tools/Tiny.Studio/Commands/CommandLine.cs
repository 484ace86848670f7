namespace Tiny.Studio.Commands;

/// <summary>A command line of tiny as a person would type it in the folder.</summary>
internal static class CommandLine
{
    /// <summary>The line, with quotes where a shell needs them.</summary>
    internal static string ToText(IEnumerable<string> arguments) => "tiny " + string.Join(' ', arguments.Select(Quoted));

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(character => char.IsLetterOrDigit(character) || "-_./:,=+%@".Contains(character)) ? argument
            : $"'{argument.Replace("'", "'\\''")}'";
}
