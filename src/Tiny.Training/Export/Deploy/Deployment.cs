using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Training.Export.CSharp;

namespace Tiny.Training.Export.Deploy;

/// <summary>
/// What puts a model on a board's file system: the file list that nanoff takes with --filedeployment, and a
/// text that says what to run, what to put into the project file instead, and how the program loads the
/// model. It writes nothing: commands and Tiny Studio write what it gives.
/// </summary>
/// <example>
/// <code>
/// Deployment deployment = new("gestures.tiny", Deployment.DefaultPath("gestures.tiny"));
/// foreach (DeployFile made in deployment.Files(network, blob.Length))
/// {
///     File.WriteAllBytes(made.Name, made.Bytes);
/// }
/// </code>
/// </example>
public sealed class Deployment
{
    /// <summary>What stands at the beginning of each file but the model.</summary>
    public const string Mark = ClassSource.Mark;

    /// <summary>
    /// The most characters of a path on a board: nanoFramework's file systems take names of 255 bytes, and some of a path is the drive's.
    /// </summary>
    public const int MostPath = 200;

    /// <summary>How the name of the text ends: it is no recording, wherever it lies.</summary>
    public const string TextEnding = ".deploy.txt";

    private const string NotInPaths = "/:*?\"<>|";

    private readonly string modelFile;
    private readonly string boardPath;
    private readonly List<(string Board, string Desk)> files;

    /// <summary>A deployment of one model.</summary>
    /// <param name="modelFile">The model's file as it will be found on the desk; its full path is what nanoff is given.</param>
    /// <param name="boardPath">Where it goes on the board, such as I:\gesture.tiny: see <see cref="IsBoardPath"/>.</param>
    /// <exception cref="ArgumentException">The board's path is none.</exception>
    public Deployment(string modelFile, string boardPath)
    {
        if (!IsBoardPath(boardPath))
        {
            throw new ArgumentException($"\"{boardPath}\" is no path on a board.", nameof(boardPath));
        }

        this.modelFile = Path.GetFullPath(modelFile);
        this.boardPath = boardPath;
        files = [(boardPath, this.modelFile)];
    }

    /// <summary>The serial port that goes into the list; null leaves it to nanoff's own --serialport.</summary>
    public string? SerialPort { get; init; }

    /// <summary>Name of the file list beside the model.</summary>
    public string ListName => Path.ChangeExtension(Path.GetFileName(modelFile), ".deploy.json");

    /// <summary>Name of the text beside the model.</summary>
    public string TextName => Path.ChangeExtension(Path.GetFileName(modelFile), TextEnding);

    /// <summary>Where a model of this name goes unless said otherwise.</summary>
    public static string DefaultPath(string modelFile) => @"I:\" + Path.GetFileName(modelFile);

    /// <summary>
    /// Whether a text names a file of a board: a capital letter, a colon, and names, each behind a backslash, at most
    /// <see cref="MostPath"/> characters.
    /// </summary>
    public static bool IsBoardPath(string path) =>
        path.Length is > 3 and <= MostPath && char.IsAsciiLetterUpper(path[0]) && path[1] == ':' && path[2] == '\\'
        && path[3..].Split('\\').All(IsName);

    /// <summary>Has another file go along, such as the key that updates are signed with.</summary>
    /// <param name="path">Its path on the board.</param>
    /// <param name="file">The file on the desk.</param>
    /// <exception cref="ArgumentException">The board's path is none.</exception>
    public Deployment With(string path, string file)
    {
        if (!IsBoardPath(path))
        {
            throw new ArgumentException($"\"{path}\" is no path on a board.", nameof(path));
        }

        files.Add((path, Path.GetFullPath(file)));
        return this;
    }

    /// <summary>The files to write beside the model: the list, and the text.</summary>
    /// <param name="network">The model, for the text.</param>
    /// <param name="blobBytes">Bytes of its blob.</param>
    public IReadOnlyList<DeployFile> Files(Network network, int blobBytes) =>
        [new(ListName, Encoding.UTF8.GetBytes(List())), new(TextName, Encoding.UTF8.GetBytes(Text(network, blobBytes)))];

    /// <summary>The list in nanoff's form. What nanoff does not know, such as the comment, it passes over.</summary>
    public string List()
    {
        JsonObject list = new() { ["comment"] = $"{Mark}; give it to nanoff --filedeployment" };
        if (SerialPort is not null)
        {
            list["serialport"] = SerialPort;
        }

        list["files"] = new JsonArray(
            [.. files.Select(file => new JsonObject { ["DestinationFilePath"] = file.Board, ["SourceFilePath"] = file.Desk })]);
        return list.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            + "\n";
    }

    /// <summary>The items for a project file, with which Visual Studio puts the files on the board as it deploys the program.</summary>
    public string ProjectItems() => string.Concat(files.Select(file =>
        $"""
        <Content Include="{Escaped(file.Desk)}">
          <CopyToOutputDirectory>Always</CopyToOutputDirectory>
          <NF_StoragePath>{Escaped(file.Board)}</NF_StoragePath>
        </Content>

        """));

    /// <summary>What to run, and how the program finds the model.</summary>
    /// <param name="network">The network of the model.</param>
    /// <param name="blobBytes">Bytes of the model.</param>
    public string Text(Network network, int blobBytes) => $"""
        {Path.GetFileName(modelFile)}, {CSharpExporter.Shape(network)}, {blobBytes} bytes; {Mark}.

        The board needs a file system on its internal flash (I:), and nanoFramework's firmware on it. Then

            nanoff --filedeployment {ListName}{(SerialPort is null ? " --serialport COM3" : "")}

        writes {boardPath}{(files.Count > 1 ? $" and {string.Join(
        ", ", files.Skip(1).Select(file => file.Board))}" : "")}, in place of what stands there.{(SerialPort is null
            ? " Name your own port." : "")}

        Or let Visual Studio write it whenever it deploys the program. This goes into an ItemGroup of the project file:

        {Indented(ProjectItems())}
        The program loads it with Tiny.Core and System.IO.FileSystem:

            Network network = Network.FromBlob(File.ReadAllBytes("{boardPath.Replace(@"\", @"\\", StringComparison.Ordinal)}"));

        A board without a file system carries the model in its program: tiny export --format bytes.

        """;

    private static string Indented(string text) =>
        string.Concat(text.Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n")).TrimEnd('\n') + "\n";

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);

    private static bool IsName(string name) =>
        name.Length > 0 && name[^1] is not ('.' or ' ')
        && !name.Any(c => char.IsControl(c) || NotInPaths.Contains(c, StringComparison.Ordinal));
}
