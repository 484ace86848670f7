using System.Globalization;
using Tiny.Studio.Serving;
using Tiny.Training.Data;

namespace Tiny.Studio.Commands;

/// <summary>
/// What the page asks of a training, as the arguments of tiny train. Each value is one argument, so that nothing typed becomes another
/// option.
/// </summary>
/// <param name="Arguments">The arguments that say what is trained on what, without the files that are written.</param>
/// <param name="Board">The board whose budget counts.</param>
internal sealed record TrainSettings(IReadOnlyList<string> Arguments, string Board)
{
    private const int LongestText = 200;

    /// <summary>Reads them.</summary>
    /// <exception cref="SelectionException">A value is missing or wrong.</exception>
    internal static TrainSettings Of(Query query, IReadOnlyList<string> boards)
    {
        List<string> arguments = ["train", "."];
        Add(arguments, "--window", query.Number("window", 2, 4000));
        Add(arguments, "--hop", query.Number("hop", 1, 4000));
        AddText(arguments, query, "rate");
        AddText(arguments, query, "channels");
        AddText(arguments, query, "features");
        AddText(arguments, query, "unit");
        AddText(arguments, query, "layers");
        AddText(arguments, query, "weights");
        AddText(arguments, query, "epochs");
        AddText(arguments, query, "lr");
        AddText(arguments, query, "seed");
        AddText(arguments, query, "test-every");
        AddText(arguments, query, "class-weights");
        if (query.Flag("prototypes"))
        {
            arguments.Add("--prototypes");
        }

        string board = query.Text("board");
        return boards.Contains(board) ? new TrainSettings(arguments, board)
            : throw new SelectionException($"There is no board \"{board}\".");
    }

    private static void Add(List<string> arguments, string option, long value) =>
        arguments.AddRange([option, value.ToString(CultureInfo.InvariantCulture)]);

    private static void AddText(List<string> arguments, Query query, string name)
    {
        string text = query.TextOrNone(name).Trim();
        if (text.Length > LongestText || text.Any(char.IsControl) || text.StartsWith('-'))
        {
            throw new SelectionException($"{name}: expected a line of at most {LongestText} characters that does not begin with a dash.");
        }

        if (text.Length > 0)
        {
            arguments.AddRange(["--" + name, text]);
        }
    }
}
