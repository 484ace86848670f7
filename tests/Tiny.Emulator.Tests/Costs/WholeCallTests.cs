using System.Globalization;
using Tiny.Benchmarks.Device;
using Tiny.Core;
using Tiny.Emulator.Boards;
using Tiny.Learning;
using Tiny.Saving;

namespace Tiny.Emulator.Tests.Costs;

/// <summary>
/// Whole calls of the library as it was when the real interpreter counted them, compiled from the history:
/// within 5 % of every figure. string.Format alone may be 20 % off: the sequences of il-costs.csv, which the
/// emulator meets, add up to 87,000 to 95,000 for it, where about 79,600 were given.
/// </summary>
public class WholeCallTests
{
    private static readonly Lazy<DeviceProgram> Program =
        new(() => DeviceCompiler.Compile("Whole", [.. CountedHistory.Sources(), File.ReadAllText(At("WholeCalls.cs"))]));

    public static TheoryData<string, string, long, double> Cases()
    {
        TheoryData<string, string, long, double> cases = [];
        foreach (string[] row in File.ReadLines(At("whole-calls.csv")).Skip(1).Select(line => line.Split(',')))
        {
            cases.Add(row[0], row[1], long.Parse(row[2], CultureInfo.InvariantCulture), double.Parse(row[3], CultureInfo.InvariantCulture));
        }

        return cases;
    }

    [CountedHistoryTheory]
    [MemberData(nameof(Cases))]
    public void A_whole_call_takes_what_was_measured(string call, string build, long measured, double tolerance)
    {
        BoardProfile board = BoardProfile.Load(build == "m0" ? "stm32f091" : "stm32f4") with { HeapBytes = 16 << 20 };
        Machine machine = new(board, Program.Value, TextWriter.Null);
        machine.Start();
        double found = Count(machine, call);
        Assert.True(Math.Abs(found / measured - 1) <= tolerance,
            $"{call}, {build}: {found:0} instructions, {100 * (found / measured - 1):+0.0;-0.0} % of {measured}");
    }

    private static double Count(Machine machine, string call)
    {
        int[] widths = [.. call.Split(' ')[^1].Split('-')
            .Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out int width) ? width : 0)];
        switch (call.Split(' ')[0])
        {
            case "Predict" or "Learn":
                Network model = Models.Float(widths);
                return OnNetwork(machine, call.Contains("int8", StringComparison.Ordinal)
                    ? Version1Blob.Of(Models.Int8(model)) : Version1Blob.Of(BlobWriter.ToArray(model)),
                    call.StartsWith("Learn", StringComparison.Ordinal));
            case "TryLoad":
                return Load(machine, Version1Blob.Of(Models.Int8(Models.Float(widths))));
            case "DriftMonitor.Observe":
                return Observe(machine, Version1Blob.Of(BlobWriter.ToArray(Models.Float([33, 20, 10, 4]))));
            case "Features":
                return Features(machine);
            case "string.Format":
                return Counted(machine, () => machine.Invoke("WholeCalls", "Format", 1.5f, 5));
            default:
                return (Counted(machine, () => machine.Invoke("WholeCalls", "CatchIndex", true))
                    - Counted(machine, () => machine.Invoke("WholeCalls", "CatchIndex", false))) / 64.0;
        }
    }

    private static long OnNetwork(Machine machine, byte[] blob, bool learn)
    {
        object network = Made(machine, blob);
        float[] inputs = Spread((int)machine.Invoke("Tiny.Core.Network", "get_Inputs", network)!);
        float[] outputs = new float[(int)machine.Invoke("Tiny.Core.Network", "get_Outputs", network)!];
        if (!learn)
        {
            return Counted(machine, () => machine.Invoke("Tiny.Core.Network", "Predict", network, inputs, outputs));
        }

        object learner = machine.Invoke("Tiny.Core.Learning.SgdLearner", ".ctor", network)!;
        machine.Keep(learner);
        return Counted(machine, () => machine.Invoke("Tiny.Core.Learning.SgdLearner", "Learn", learner, inputs, 1));
    }

    private static long Load(Machine machine, byte[] blob)
    {
        object network = Made(machine, blob);
        object reader = machine.Invoke("Tiny.Core.Blobs.BlobReader", ".ctor")!;
        machine.Keep(reader);
        return Counted(machine, () => machine.Invoke("Tiny.Core.Network", "TryLoad", network, reader, blob, 0, blob.Length));
    }

    private static long Observe(Machine machine, byte[] blob)
    {
        object network = Made(machine, blob);
        object monitor = machine.Invoke("Tiny.Adaptation.DriftMonitor", ".ctor", network, 100)!;
        machine.Keep(monitor);
        return Counted(machine, () =>
            machine.Invoke("Tiny.Adaptation.DriftMonitor", "Observe", monitor, Spread(33), new float[] { 0.1f, 0.7f, 0.1f, 0.1f }));
    }

    private static long Features(Machine machine)
    {
        object signal = machine.Invoke("Tiny.Features.Signal", ".ctor", 50f)!;
        machine.Keep(signal);
        foreach (string channel in new[] { "x", "y", "z" })
        {
            machine.Invoke("Tiny.Features.Signal", "Add", signal, channel, "g");
        }

        object description = machine.Invoke("Tiny.Features.FeatureDescription", ".ctor", signal, 50, 25, 31)!;
        machine.Keep(description);
        object pipeline = machine.Invoke("Tiny.Features.FeaturePipeline", ".ctor", description)!;
        machine.Keep(pipeline);
        for (int i = 0; i < 50; i++)
        {
            float[] sample = [(float)Math.Sin(0.3 * i), (float)Math.Sin(0.4 * i), (float)Math.Sin(0.5 * i)];
            machine.Invoke("Tiny.Features.FeaturePipeline", "Add", pipeline, sample);
        }

        float[] features = new float[15];
        return Counted(machine, () => machine.Invoke("Tiny.Features.FeaturePipeline", "Compute", pipeline, features));
    }

    private static object Made(Machine machine, byte[] blob)
    {
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        return network;
    }

    private static long Counted(Machine machine, Action call)
    {
        long before = machine.Instructions;
        call();
        return machine.Instructions - before;
    }

    private static float[] Spread(int count) => [.. Enumerable.Range(0, count).Select(i => 0.1f + i / (float)count)];

    private static string At(string name) => Path.Combine(AppContext.BaseDirectory, "Costs", name);
}
