using Tiny.Emulator.Peripherals;
using Tiny.Training.Data;

namespace Tiny.Cli.Options;

/// <summary>
/// Recordings that devices of the emulated board play, from CSV files: a column ms gives each
/// row its time; without one each reading takes the next row.
/// </summary>
internal static class ReplayFile
{
    private const string Time = "ms";

    /// <summary>The named columns, or where none are named the first that is not the time.</summary>
    /// <exception cref="DataException">The file cannot be used.</exception>
    internal static Replay Read(string path, IReadOnlyList<string>? columns, string option)
    {
        using CsvSource source = new(path, new CsvOptions());
        int time = Find(source.Header, Time);
        int[] chosen = columns is not null
            ? source.Header.FindAll(columns, option)
            : [Enumerable.Range(0, source.Header.Count).FirstOrDefault(column => column != time, -1)];
        if (chosen is [-1])
        {
            throw new SelectionException($"{path}: has no column of values beside {Time}.");
        }

        ColumnSelection selection = new(time < 0 ? chosen : [.. chosen, time], -1);
        float[] row = new float[chosen.Length + (time < 0 ? 0 : 1)];
        List<float[]> rows = [];
        List<double> times = [];
        while (source.ReadRow(selection, row, out _))
        {
            rows.Add(row[..chosen.Length]);
            times.Add(row[^1]);
        }

        return new Replay(time < 0 ? null : times, rows);
    }

    private static int Find(CsvHeader header, string name)
    {
        for (int i = 0; i < header.Count; i++)
        {
            if (header.IsNamed && header.Names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
