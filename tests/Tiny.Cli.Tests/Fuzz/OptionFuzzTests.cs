using System.CommandLine;
using Tiny.Cli.Options;

namespace Tiny.Cli.Tests.Fuzz;

/// <summary>
/// Each option of each command with values that it should not have, then several options at a time: whatever
/// the command line, a run ends in words, leaves what it reads as it was, and ends. New commands and options
/// are tried without a change here, but for a line in <see cref="Recipes"/>.
/// </summary>
public sealed class OptionFuzzTests
{
    private const int InCi = 10;

    /// <summary>
    /// Of the values of all options, one in so many is tried: few in each run of the tests, one in ten by .ci/run, and all with 1.
    /// </summary>
    private static readonly int Shards =
        int.TryParse(Environment.GetEnvironmentVariable("TINY_FUZZ_SHARDS"), out int shards) ? shards : 25;

    /// <summary>The same of the paths of arguments.</summary>
    private static readonly int PathShards = Shards <= InCi ? 1 : Shards / 4;

    private static readonly int Combinations = Shards <= InCi ? 400 : 250;

    private int values; // seen so far
    private int paths;

    /// <summary>Command lines that work.</summary>
    private static readonly string[] Recipes =
    [
        "train d.csv --epochs 2 --layers 3 --out out/m.tiny",
        "train images --labels labels --epochs 1 --layers 3 --out out/m.tiny",
        "train r.csv --group file --channels x,y --window 8 --hop 4 --rate 50 --epochs 1 --layers 3 --out out/m.tiny",
        "eval m.tiny d.csv", "eval i.tiny images --labels labels", "predict m.tiny d.csv", "predict w.tiny r.csv", "data d.csv",
        "data r.csv --group file",
        "quantize m.tiny --data d.csv --max-loss 1000 --out out/q.tiny", "export m.tiny --out out", "diff m.tiny n.tiny --data d.csv",
        "average m.tiny n.tiny --out out/a.tiny",
        "info m.tiny", "validate m.tiny d.csv", "report m.tiny d.csv --out out/r.html", "emulate Program.dll", "sweep s.json --jobs 1",
        "capture d.csv --label x --out out/c.csv",
        "import m.onnx --out out/o.tiny", "studio out --no-browser true --idle 0.01", "sign m.tiny --key k.bin --out out/m.signed",
        "export m.tiny --format deploy --out out",
    ];

    private static readonly string[] Numbers =
        ["nan", "inf", "-inf", "-1", "0", "1", "1e999", "-1e999", "1e-999", "0.5", "2147483647", "9999999999999999999999", "20%", "0x10",
        "1,5", " 3", "ten", "", " ", "\u001b[31m", "--"];

    private static readonly string[] Texts =
        ["", " ", ",", ",,", "a,a,b", "x", "0", "-1", "99999999999", "nan", "1e999", "\"", "'", "é", "\u202e\u0007", "a\nb", "../x",
        "@d.csv", "conv:0:0", "32,0", "decay:1e999", "label", "a", "on", "I:\\..\\x", "25@0-1e999", new string('w', 5000)];

    /// <summary>Options whose file is replaced, as one expects of them, unless the run reads it.</summary>
    private static readonly HashSet<string> Outputs =
        ["train --out", "import --out", "train --report", "train --history", "quantize --out", "average --out", "report --out",
        "sweep --pick", "emulate --serial", "sign --out"];

    // Valid, and a matter of hours.
    private static readonly HashSet<(string Option, string Value)> Endless = [("--epochs", "2147483647")];

    [UnixFact]
    public void Whatever_the_options_a_run_ends_in_words_and_harms_nothing()
    {
        using FuzzWorld world = new();
        Command[] commands = [.. CommandTree.Build().Subcommands];
        foreach (string[] words in Recipes.Select(recipe => recipe.Split(' ')))
        {
            foreach (Option option in commands.Single(command => command.Name == words[0]).Options)
            {
                foreach (string value in ValuesFor(world, option, words).Where(_ => values++ % Shards == 0))
                {
                    TryOption(world, words, option, value);
                }
            }

            TryArguments(world, words);
        }

        TryCombinations(world, commands);
        world.NothingWasFound(leastRuns: Shards <= InCi ? 1600 : 1000);
    }

    [Fact]
    public void Every_command_has_a_recipe() =>
        Assert.Equal(CommandTree.Build().Subcommands.Where(command => !command.Hidden).Select(command => command.Name).Order(),
        Recipes.Select(recipe => recipe.Split(' ')[0]).Distinct().Order());

    private static bool IsNumber(Option option)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type == typeof(int) || type == typeof(long) || type == typeof(float) || type == typeof(double);
    }

    private static IEnumerable<string> ValuesFor(FuzzWorld world, Option option, string[] words) =>
        option.ValueType == typeof(bool) ? ["", "maybe"]
        : PathNames.Are(option) ? Paths(world, words, Writes(words[0], option.Name) ? "sink" : "source")
        : option.HelpName?.Contains("=FILE", StringComparison.Ordinal) == true
        ? Paths(world, words, "missing").Select(path => "1=" + path).Concat(Texts)
        : IsNumber(option) ? Numbers.Where(value => !Endless.Contains((option.Name, value)))
        : Texts.Concat(Numbers);

    /// <summary>The other files of the run, files of every other kind, and what is no file.</summary>
    /// <param name="world">The files.</param>
    /// <param name="words">The run.</param>
    /// <param name="pipe">The pipe that somebody waits at: "source" for what is read, "sink" for what is written.</param>
    private static IEnumerable<string> Paths(FuzzWorld world, string[] words, string pipe) =>
    [
        .. world.Located(words.Skip(1).Where(word => !word.StartsWith('-'))), .. world.Inputs.Keys.Select(world.At), "/dev/full",
        "/dev/null", "/dev/zero", world.At("folder"), world.At("no/such"), world.At("missing"),
        "", " ", world.At(new string('n', 300)), world.At("out/a\nb\u001b[2J"), "link", "dangling", "circle", "again", pipe,
    ];

    private static void TryOption(FuzzWorld world, string[] words, Option option, string value)
    {
        List<string> line = [.. world.Located(words)];
        int given = line.IndexOf(option.Name);
        if (given >= 0)
        {
            line.RemoveRange(given, 2);
        }

        line.Add(option.Name);
        if (option.ValueType != typeof(bool) || value.Length > 0)
        {
            line.Add(value);
        }

        Try(world, line);
    }

    private void TryArguments(FuzzWorld world, string[] words)
    {
        for (int i = 1; i < words.Length && !words[i].StartsWith('-'); i++)
        {
            foreach (string path in Paths(world, words, "source").Where(_ => paths++ % PathShards == 0))
            {
                List<string> line = [.. world.Located(words)];
                line[i] = path;
                Try(world, line);
            }
        }
    }

    private static void TryCombinations(FuzzWorld world, Command[] commands)
    {
        Random random = new(2026);
        for (int run = 0; run < Combinations; run++)
        {
            string[] words = Recipes[random.Next(Recipes.Length)].Split(' ');
            Option[] options = [.. commands.Single(c => c.Name == words[0]).Options];
            List<string> line = [.. world.Located(words)];
            for (int i = 0; i < 2 + random.Next(3); i++)
            {
                Option option = options[random.Next(options.Length)];
                string[] values = [.. ValuesFor(world, option, words)];
                line.Add(option.Name);
                if (option.ValueType != typeof(bool))
                {
                    line.Add(values[random.Next(values.Length)]);
                }
            }

            Try(world, line);
        }
    }

    /// <summary>Runs a line, with links and pipes made where it names them.</summary>
    private static void Try(FuzzWorld world, List<string> line)
    {
        if (line[0] is "emulate" or "capture" && line.Contains("-"))
        {
            return;
        }

        bool piped = line.Contains("source") || line.Contains("sink");
        using PipePartner? partner = piped ? new PipePartner(world.At("pipes"), world.Inputs["d.csv"]) : null;
        for (int i = 0; i < line.Count; i++)
        {
            line[i] = line[i] switch
            {
                "source" => partner!.Source,
                "sink" => partner!.Sink,
                "link" => Link(world, "link", world.At("d.csv")),
                "dangling" => Link(world, "dangling", world.At("out/not there yet")),
                "circle" => Link(world, "circle", world.At("out/circle")),
                "again" => Link(world, "again", world.At("m.tiny")),
                _ => line[i],
            };
        }

        world.Run(line, Replaceable(world, line));
    }

    private static bool Writes(string command, string option) => option == "--out" || Outputs.Contains($"{command} {option}");

    /// <summary>
    /// Names of the files that the run may replace: what it is told to write, with the record beside a model, and does not read.
    /// </summary>
    private static HashSet<string> Replaceable(FuzzWorld world, List<string> line)
    {
        HashSet<string> written = [];
        HashSet<string> read = [];
        for (int i = 1; i < line.Count; i++)
        {
            string file = Path.GetFileName(new FileInfo(line[i].Length == 0 ? "." : line[i]).LinkTarget ?? line[i]);
            if (Outputs.Contains($"{line[0]} {line[i - 1]}"))
            {
                written.UnionWith([file, file + ".json"]);
            }
            else
            {
                read.Add(file);
            }
        }

        written.ExceptWith(read);
        return written;
    }

    private static string Link(FuzzWorld world, string name, string target)
    {
        string link = world.At("out/" + name);
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
        return link;
    }
}
