using System.Globalization;
using System.Text;

namespace Tiny.Cli.Tests.Output;

/// <summary>A screen of 80 columns, names that are hard to print on it, and a check of what is printed.</summary>
internal static class NarrowScreen
{
    internal const int Columns = 80;

    // Two differ in the middle alone, one has no blank, two are written in characters that take two columns.
    internal static readonly string[] LongNames =
    [
        "walking upstairs slowly with a heavy bag in the left hand and none in the right",
        "walking upstairs slowly with a heavy bag in the other hand and none in the right",
        "standing_still_without_any_movement_that_the_sensor_could_possibly_have_measured_in_time",
        "階段をゆっくり上る階段をゆっくり上る階段をゆっくり上る階段をゆっくり上る",
        "계단을 천천히 내려가는 사람 계단을 천천히 내려가는 사람 계단을 천천히",
    ];

    internal static readonly string[] LongColumns =
    [
        "acceleration along the first axis of the sensor in the left hand in meters per second squared",
        "acceleration_along_the_second_axis_of_the_sensor_in_the_left_hand",
        "加速度センサーの第三軸の値加速度センサーの第三軸の値加速度センサーの第三軸の値", "d",
    ];

    /// <summary>A folder whose path is longer than a line: a part with blanks, one of wide characters, one without blanks.</summary>
    internal const string LongFolder = "measurements of the left hand/加速度センサーの計測データ/"
        + "no-blank-is-in-this-name-although-it-is-longer-than-a-line-of-a-screen-has-columns";

    internal static string Table(string[] classes)
    {
        Random random = new(5);
        StringBuilder text = new();
        text.AppendJoin(',', LongColumns).Append(",what the person was doing while the sensor was measuring\n");
        for (int row = 0; row < Math.Max(100, 2 * classes.Length); row++)
        {
            int actual = row % classes.Length;
            text.Append(CultureInfo.InvariantCulture,
                $"{actual + random.NextDouble():0.000},{-12345.678 * random.NextDouble():0.000},{random.NextDouble():0.0000000},"
                    + $"{3e-9 * actual},{classes[actual]}\n");
        }

        return text.ToString();
    }

    /// <summary>Runs a command, all of whose lines fit; its output.</summary>
    internal static string Fits(params string[] arguments)
    {
        ProcessResult result = InProcess.RunAt(Columns, arguments);
        Assert.True(result.ExitCode is 0 or 1 or 2, result.Errors);
        Holds(result.Output);
        Holds(result.Errors);
        return result.Output;
    }

    /// <summary>Runs a command that fails, and says why in lines that fit and break between words; what it says, in one line.</summary>
    internal static string Fails(params string[] arguments)
    {
        ProcessResult result = InProcess.RunAt(Columns, arguments);
        Assert.True(result.ExitCode is 1 or 2, $"exit code {result.ExitCode}: {result.Errors}");
        Holds(result.Errors);
        ProcessResult whole = InProcess.Run(arguments);
        Assert.Equal(whole.Output, result.Output);
        BreaksBetweenWords(whole.Errors, result.Errors);
        return whole.Errors;
    }

    /// <summary>No line is wider, but for what is to be copied whole: a path, or a command.</summary>
    internal static void Holds(string text)
    {
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            bool isCopied = line.Trim() is var words
                && ((words.Contains('/') && !words.Contains(' ')) || words.StartsWith("tiny ", StringComparison.Ordinal)
                || words.StartsWith("sbatch ", StringComparison.Ordinal));
            Assert.True(Wide(line) <= Columns || isCopied, $"{Wide(line)} columns: {line}");
        }
    }

    /// <summary>Every word is whole in the broken lines too, but for those that are wide or longer than a line.</summary>
    private static void BreaksBetweenWords(string whole, string broken)
    {
        Queue<string> pieces = new(Words(broken));
        foreach (string word in Words(whole))
        {
            string piece = pieces.Dequeue();
            bool mayBreak = Wide(word) > Columns - 4 || Wide(word) > word.Length;
            while (mayBreak && piece.Length < word.Length)
            {
                piece += pieces.Dequeue();
            }

            Assert.Equal(word, piece);
        }

        Assert.Empty(pieces);
    }

    private static string[] Words(string text) => text.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Columns of a terminal, reckoned by blocks of Unicode and by nothing of what is tested.</summary>
    internal static int Wide(string line) =>
        line.Sum(c => c is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uFF00'
        and <= '\uFF60') ? 2 : 1);
}
