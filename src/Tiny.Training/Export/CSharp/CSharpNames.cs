using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tiny.Training.Export.CSharp;

/// <summary>Names of exported classes and namespaces: which ones compile, and one made of a file's name.</summary>
internal static partial class CSharpNames
{
    private const int MostLetters = 200;

    // The keywords of C# 9, which is the device's, and those that later versions reserve for types: source is compiled on desktops, too.
    private static readonly HashSet<string> Keywords = [.. """
        abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum
        event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long
        namespace new null object operator out override params private protected public readonly ref return sbyte sealed short
        sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual
        void volatile while __arglist __makeref __reftype __refvalue
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];

    // Words that are keywords only in their places. A namespace may be called so; a class that
    // is would be read as something else, or is an error in some version.
    private static readonly HashSet<string> ContextualKeywords = [.. """
        add alias allows and args ascending async await by descending dynamic equals extension field file from get global group
        init into join let managed nameof nint not notnull nuint on or orderby partial record remove required scoped select set
        unmanaged value var when where with yield
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];

    // A source file is called as its class; Windows gives these names to no file, whatever its extension.
    private static readonly HashSet<string> WindowsDevices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"com{i}", $"lpt{i}" })],
            StringComparer.OrdinalIgnoreCase);

    // What exported source calls the framework's types by; a namespace part of the same name would hide them.
    private static readonly string[] FrameworkTypes =
        ["Array", "ArgumentException", "ArgumentOutOfRangeException", "InvalidOperationException"];

    // Namespaces that a program refers to already.
    private static readonly string[] OthersNamespaces = ["System", "Tiny.Core", "Tiny.Features", "Tiny.Adaptation"];

    /// <summary>
    /// The name of a class made of a file's: "my-iris.tiny" becomes MyIris. It always is one; it
    /// may still be taken by the source's own names.
    /// </summary>
    /// <param name="path">The file.</param>
    internal static string ForFile(string path)
    {
        StringBuilder name = new();
        bool upper = true;
        foreach (char c in Path.GetFileNameWithoutExtension(path).Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark))
        {
            if (char.IsLetterOrDigit(c) && name.Length < MostLetters / 2)
            {
                name.Append(upper ? char.ToUpperInvariant(c) : c);
            }

            upper = !char.IsLetterOrDigit(c);
        }

        string found = name.Length == 0 || char.IsDigit(name[0]) ? "Model" + name : name.ToString();
        return WindowsDevices.Contains(found) ? Other(found) : found;
    }

    /// <summary>Another name for a class whose name is taken: Predict becomes PredictModel.</summary>
    internal static string Other(string className) => className + "Model";

    /// <summary>
    /// Whether a class is called as the last part of its namespace: code beside the namespace would have to call it by its whole name.
    /// </summary>
    internal static bool IsLastPart(string namespaceName, string className) => namespaceName.Split('.')[^1] == className;

    /// <summary>Checks names by themselves.</summary>
    /// <exception cref="ExportNameException">One of them is no name, or stands for something else.</exception>
    internal static void Check(string namespaceName, string className)
    {
        foreach (string part in namespaceName.Split('.'))
        {
            CheckName(part);
        }

        CheckName(className);
        if (ContextualKeywords.Contains(className))
        {
            throw new ExportNameException(
                $"\"{className}\" is a keyword of C#: name the class otherwise, such "
                    + $"as {char.ToUpperInvariant(className[0])}{className[1..]}.");
        }

        if (WindowsDevices.Contains(className))
        {
            throw new ExportNameException(
                $"\"{className}\": Windows has no file of that name, and the source is written "
                    + $"to {className}.cs. Name the class otherwise.");
        }

        foreach (string other in OthersNamespaces)
        {
            if ($"{namespaceName}.{className}" == other || namespaceName == other
                || namespaceName.StartsWith(other + ".", StringComparison.Ordinal))
            {
                throw new ExportNameException(
                    $"\"{namespaceName}.{className}\": {other} is a namespace of the {(other == "System" ? "framework" : "library")}'s "
                        + "own. Name another, such as Models.");
            }
        }
    }

    /// <summary>Checks that names are not taken in the body of the class that is called so.</summary>
    /// <param name="namespaceName">The namespace.</param>
    /// <param name="className">The class.</param>
    /// <param name="body">The source within the class.</param>
    /// <exception cref="ExportNameException">One is.</exception>
    internal static void CheckAgainst(string namespaceName, string className, string body)
    {
        if (IsTaken(className, body))
        {
            throw new ExportNameException(
                $"\"{className}\" is a name that the exported source uses itself: name the class otherwise, such as {Other(className)}.");
        }

        string? hidden = namespaceName.Split('.').FirstOrDefault(part => FrameworkTypes.Contains(part) && IsTaken(part, body));
        if (hidden is not null)
        {
            throw new ExportNameException(
                $"\"{hidden}\" is a type that the exported source uses: the namespace {namespaceName} would hide it. Name another.");
        }
    }

    /// <summary>Whether source uses a name, for whatever it may be.</summary>
    internal static bool IsTaken(string name, string source) =>
        Identifier().Matches(CommentOrString().Replace(source, " ")).Any(match => match.Value == name);

    private static void CheckName(string name)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            throw new ExportNameException($"\"{name}\" is no name in C#: letters, digits and _ make one, and no digit begins it.");
        }

        if (Keywords.Contains(name))
        {
            throw new ExportNameException($"\"{name}\" is a keyword of C#, not a name.");
        }

        if (name.Length > MostLetters)
        {
            throw new ExportNameException($"\"{name[..20]}...\" has {name.Length} letters; at most {MostLetters} make a name here.");
        }
    }

    [GeneratedRegex(@"//[^\n]*|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex CommentOrString();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}_])[\p{L}_][\p{L}\p{Nd}_]*")]
    private static partial Regex Identifier();
}
