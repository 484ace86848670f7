using System.Globalization;

namespace Tiny.Cli.Output;

/// <summary>How wide a line of output may be: as wide as the terminal, 80 columns in a pipe or as COLUMNS says.</summary>
internal static class Screen
{
    private const int Usual = 80;
    private const int Narrowest = 40;

    /// <summary>A width that holds whatever the terminal has; null for the terminal's.</summary>
    internal static int? Fixed { get; set; }

    /// <summary>Columns of a line on stdout.</summary>
    internal static int Width => Fixed ?? WidthOf(Console.IsOutputRedirected);

    /// <summary>Columns of a line on stderr.</summary>
    internal static int ErrorWidth => Fixed ?? WidthOf(Console.IsErrorRedirected);

    /// <summary>Prints sentences on stdout, broken between words; what follows the first line is indented.</summary>
    internal static void Print(string text) => Console.Out.WriteLine(Cells.Wrap(text, Width));

    private static int WidthOf(bool redirected)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
            && columns > 0)
        {
            return Math.Max(Narrowest, columns);
        }

        return redirected ? Usual : Terminal();
    }

    private static int Terminal()
    {
        try
        {
            return Console.WindowWidth > 0 ? Math.Max(Narrowest, Console.WindowWidth) : Usual;
        }
        catch (IOException)
        {
            return Usual; // a terminal that does not tell its size
        }
    }
}
