using System.Globalization;
using System.Text;
using Tiny.Core.Activations;
using Tiny.Emulator;

namespace Tiny.Benchmarks.Device;

/// <summary>The results as a document to read and as a table to hold later runs against.</summary>
public static class DeviceDocument
{
    /// <summary>DEVICE.md.</summary>
    public static string Markdown(IReadOnlyList<Measurement> measurements)
    {
        StringBuilder text = new();
        text.Append($"""
            # What predictions and learning steps cost a device

            Instructions, counted in Tiny's emulator {typeof(Machine).Assembly.GetName().Version!
            .ToString(3)} with the costs measured on the real interpreter
            (tools/Tiny.Emulator/README.md): *lto* is released STM32 firmware on a Cortex-M4F, *soft* a core without FPU. Whole calls: scaling of
            the inputs, biases, activations, arg-max and checks included. All units active. Written by
            `dotnet run -c Release --project tests/Tiny.Benchmarks -- device --write`; a test holds every figure to within 2 % of these.

            """);
        foreach (IGrouping<string, Measurement> group in measurements.GroupBy(m => m.Group).Where(g => g.Key != "Activations"))
        {
            text.Append($"\n## {group.Key}\n\n| | unit | lto | soft | lto, all |\n|---|---|---|---|---|\n");
            foreach (Measurement m in group)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| {m.Name} | {m.Unit} | {(double)m.Lto / m.Units:0} | {(double)m.Soft / m.Units:0} | {m.Lto:#,0} |\n");
            }
        }

        text.Append("""

            ## Sigmoid

            Each variant over a loop of 100 elements; 256 pieces over (-10.67, 10.67) where there is a table. tanh is 2 sigmoid(2 x) - 1 with twice
            the error. The specials are minus infinity, infinity and NaN. Errors over [-20, 20] in steps of 2^-13.

            | variant | largest error | specials | lto | soft |
            |---|---|---|---|---|

            """);
        foreach ((string name, Action<float[], int> variant) in Variants())
        {
            (double error, string specials) = Sigmoids.Measure(variant);
            Measurement m = measurements.Single(m => m.Group == "Activations" && m.Name == name);
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {error:0.0e+0} | {specials} | {(double)m.Lto / m.Units:0} | {(double)m.Soft / m.Units:0} |\n");
        }

        SigmoidTable.Prepare();
        (double own, string ownSpecials) = Sigmoids.Measure(SigmoidTable.Shared.Sigmoid);
        text.Append(CultureInfo.InvariantCulture,
            $"| Tiny.Core: slope and intercept, chords shifted by half their sag | {own:0.0e+0} | {ownSpecials} | as SlopeIntercept | |\n");
        text.Append("""

            Tiny.Core takes slope and intercept, on every board: half the error of plain chords at the same cost, and the same bits everywhere.
            Interpolation pays for a second lookup, the nearest point is a hundred times as far off, and the rational is nearer but twice as dear where
            there is no FPU. A blob's activation code names this arithmetic; another would be another code.

            """);
        return text.ToString();
    }

    /// <summary>device-counts.csv.</summary>
    public static string Csv(IEnumerable<Measurement> measurements) =>
        "group;name;unit;units;lto;soft\n"
        + string.Concat(measurements.Select(m => $"{m.Group};{m.Name};{m.Unit};{m.Units};{m.Lto};{m.Soft}\n"));

    /// <summary>What device-counts.csv holds.</summary>
    public static IReadOnlyList<Measurement> Read(string csv) =>
    [
        .. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(';')).Select(cells =>
            new Measurement(cells[0], cells[1], cells[2], Number(cells[3]), long.Parse(cells[4], CultureInfo.InvariantCulture),
            long.Parse(cells[5], CultureInfo.InvariantCulture))),
    ];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, Action<float[], int> Variant)> Variants()
    {
        ActivationVariants.Prepare(Sigmoids.Points(256), 10.666667f);
        yield return ("Hard", ActivationVariants.Hard);
        yield return ("Nearest", ActivationVariants.Nearest);
        yield return ("Interpolated", ActivationVariants.Interpolated);
        yield return ("SlopeIntercept", ActivationVariants.SlopeIntercept);
        yield return ("Rational", ActivationVariants.Rational);
    }
}
