using System.Globalization;
using System.Reflection;

namespace Tiny.Emulator.Costs;

/// <summary>The measured sequences of il-costs.csv for one build of the interpreter: instructions for each.</summary>
public sealed class CostTable
{
    private static readonly Dictionary<string, CostTable> Loaded = [];

    private readonly Dictionary<string, double> sequences = [];
    private readonly Dictionary<(string Method, string Part), double> methods = [];

    private CostTable(string build)
    {
        Build = build;
    }

    /// <summary>lto, dev, soft, m0 or m0plus.</summary>
    public string Build { get; }

    /// <summary>Instructions of a sequence, as the table names it.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such row.</exception>
    public double this[string sequence] => sequences.TryGetValue(sequence, out double cost)
        ? cost
        : throw new KeyNotFoundException($"il-costs.csv has no row \"{sequence}\".");

    /// <summary>
    /// What a method of the firmware takes beyond its call: part is call, or each for what each
    /// character or element adds. 0 where nothing is known.
    /// </summary>
    public double Method(string method, string part) => methods.GetValueOrDefault((method, part));

    /// <summary>Whether anything is known of a method.</summary>
    public bool HasMethod(string method) => methods.ContainsKey((method, "call")) || methods.ContainsKey((method, "each"));

    /// <summary>Loads the column of a build.</summary>
    /// <exception cref="ArgumentException">There is no such build.</exception>
    public static CostTable Load(string build)
    {
        lock (Loaded)
        {
            return Loaded.TryGetValue(build, out CostTable? known) ? known : Loaded[build] = Read(build);
        }
    }

    private static CostTable Read(string build)
    {
        CostTable table = new(build);
        using StreamReader sequences = Open("il-costs.csv");
        int column = Column(sequences, build);
        while (sequences.ReadLine() is string line)
        {
            int end = line.LastIndexOf('"');
            string[] figures = line[(end + 2)..].Split(',');
            if (figures[column - 1].Length > 0)
            {
                table.sequences[line[1..end].Replace("\"\"", "\"")] = double.Parse(figures[column - 1], CultureInfo.InvariantCulture);
            }
        }

        using StreamReader methods = Open("native-costs.csv");
        column = Column(methods, build);
        while (methods.ReadLine()?.Split(',') is string[] fields)
        {
            table.methods[(fields[0], fields[1])] = double.Parse(fields[column], CultureInfo.InvariantCulture);
        }

        return table;
    }

    private static StreamReader Open(string file) => new(Assembly.GetExecutingAssembly().GetManifestResourceStream("Costs/" + file)!);

    private static int Column(StreamReader reader, string build)
    {
        int column = Array.IndexOf(reader.ReadLine()!.Split(','), build);
        return column > 0 ? column : throw new ArgumentException($"The cost tables have no column \"{build}\".", nameof(build));
    }
}
