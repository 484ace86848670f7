using System.Globalization;
using System.Reflection;

namespace Tiny.Emulator.Costs;

/// <summary>The measured sequences of il-costs.csv for one build of the interpreter: instructions for each.</summary>
public sealed class CostTable
{
    private readonly Dictionary<string, double> sequences = [];

    private CostTable(string build)
    {
        Build = build;
    }

    /// <summary>lto, dev or soft.</summary>
    public string Build { get; }

    /// <summary>Instructions of a sequence, as the table names it.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such row.</exception>
    public double this[string sequence] => sequences.TryGetValue(sequence, out double cost)
        ? cost
        : throw new KeyNotFoundException($"il-costs.csv has no row \"{sequence}\".");

    /// <summary>Loads the column of a build.</summary>
    /// <exception cref="ArgumentException">There is no such build.</exception>
    public static CostTable Load(string build)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Costs/il-costs.csv")!;
        using StreamReader reader = new(stream);
        int column = Array.IndexOf(reader.ReadLine()!.Split(','), build);
        if (column < 1)
        {
            throw new ArgumentException($"il-costs.csv has no column \"{build}\".", nameof(build));
        }

        CostTable table = new(build);
        while (reader.ReadLine() is string line)
        {
            int end = line.LastIndexOf('"');
            string[] figures = line[(end + 2)..].Split(',');
            table.sequences[line[1..end]] = double.Parse(figures[column - 1], CultureInfo.InvariantCulture);
        }

        return table;
    }
}
