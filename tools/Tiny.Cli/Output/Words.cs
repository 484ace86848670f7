namespace Tiny.Cli.Output;

/// <summary>
/// What is said to a person, on stderr, broken between words where a line is full; figures and data
/// go to stdout. What came from a file is shown as <see cref="PlainText"/>.
/// </summary>
internal static class Words
{
    /// <summary>Whether stderr is a terminal that may be drawn on.</summary>
    internal static bool MayDraw =>
        !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Whether nothing is to be said: see <see cref="QuietWords"/>.</summary>
    internal static bool Quiet { get; set; }

    /// <summary>Says something.</summary>
    internal static void Say(string text)
    {
        if (!Quiet)
        {
            Console.Error.WriteLine(Cells.Wrap(PlainText.Line(text), Screen.ErrorWidth));
        }
    }

    /// <summary>Warns of something that does not stop the work.</summary>
    internal static void Warn(string text) => Say("warning: " + text);

    /// <summary>Says why the work ends here.</summary>
    internal static void Complain(string text) => Console.Error.WriteLine(Cells.Wrap("tiny: " + PlainText.Line(text), Screen.ErrorWidth));

    /// <summary>Says how things stand: in one line that is written over on a terminal, nothing in a log.</summary>
    internal static void Status(string text)
    {
        if (MayDraw)
        {
            Console.Error.Write($"\r{Cells.Cut(PlainText.Line(text), Screen.ErrorWidth - 1)}\u001b[K");
        }
    }

    /// <summary>Clears the line of <see cref="Status"/>.</summary>
    internal static void EndStatus()
    {
        if (MayDraw)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
