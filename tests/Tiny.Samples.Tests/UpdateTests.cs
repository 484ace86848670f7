using System.Security.Cryptography;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Flash;
using Tiny.Emulator.Peripherals;
using Tiny.Tests;
using Tiny.Training.Signing;
using Tiny.Updating;

namespace Tiny.Samples.Tests;

/// <summary>
/// 10-UpdateModel with a server that gives it good, bad, damaged, old and forged packages, and power that goes while its files are
/// written: never a wrong model, never none. TINY_UPDATE_RUNS says how many updates there are, 10,000 for a whole check.
/// </summary>
public class UpdateTests
{
    private const string KeyPath = @"I:\update.key";

    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("TINY_UPDATE_RUNS"), out int runs) ? runs : 24;
    private static readonly string Sample = Path.Combine(Repository.Root, "firmware-samples", "10-UpdateModel");
    private static readonly byte[] Key = File.ReadAllBytes(Path.Combine(Sample, "board", "I", "update.key"));
    private static readonly byte[] Served = File.ReadAllBytes(Path.Combine(Sample, "server", "gestures.signed"));
    private static readonly DeviceProgram Program =
        DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "samples", "10-UpdateModel", "UpdateModel.dll"));

    private static byte[] Better => Served[PackageFormat.HeaderBytes..^PackageFormat.MacBytes];

    [Fact]
    public void A_better_model_is_taken_once_and_outlasts_a_reset()
    {
        string[] expected = SampleTests.Expected("10-UpdateModel");
        EmulatedFiles flash = Flash();
        Assert.Equal(expected[0], Run(flash, Served).Output);
        Assert.Equal(expected[1], Run(flash, Served).Output);
        Assert.Equal([@"I:\model0.slot", KeyPath], flash.Paths.Order());
    }

    [Fact]
    public void Without_an_answer_it_goes_on_with_what_it_has()
    {
        EmulatedFiles flash = Flash();
        Assert.Contains("no answer", Run(flash, null).Output);
        Assert.Contains("damaged or forged, fault 1\n", Run(flash, []).Output);
        Assert.Contains("damaged or forged, fault 7\n", Run(flash, ModelSigner.Sign(new byte[5000], 9, Key)).Output);
        Assert.Equal([KeyPath], flash.Paths);
        Assert.Contains("--server", Assert.Throws<EmulatorException>(() => Start(flash, null)).Message);
    }

    [Fact]
    public void A_cut_wherever_it_writes_leaves_the_model_before_or_after()
    {
        EmulatedFiles whole = Flash();
        Run(whole, Served);
        long operations = whole.Operations;
        Assert.InRange(operations, Served.Length + 16, Served.Length + 40);
        for (long cut = 0; cut < operations; cut += 1 + (operations / Runs))
        {
            EmulatedFiles flash = Flash();
            Assert.Null(Run(flash, Served, cut).After);
            (int before, int after) = Generations(Run(flash, Served).Output);
            Assert.True(before is 0 or 1 && after == 1, $"cut at {cut}: {before}, {after}");
        }
    }

    [Fact]
    public void Updates_cut_damaged_replayed_older_and_forged_never_leave_a_wrong_model_or_none()
    {
        Random random = new(10);
        EmulatedFiles flash = Flash();
        int held = 0;
        int newest = 0;
        int cuts = 0;
        HashSet<string> said = [];
        for (int i = 0; i < Runs; i++)
        {
            (byte[] package, bool right) = Draw(random, ref newest);
            long? cut = random.Next(2) == 0 ? random.Next(1100) : null;
            (string output, int? after) = Run(flash, package, cut);
            int generation = Generations(output).Before;
            Assert.True(generation == held || generation == PendingGeneration, $"update {i}: {generation}, expected {held}");
            held = generation;
            PendingGeneration = held;
            if (after is not int now)
            {
                cuts++;
                PendingGeneration = right ? PackageReader.GenerationOf(package) : held; // taken or not, as the cut fell
                continue;
            }

            Assert.True(now == held || (right && now == PackageReader.GenerationOf(package) && now > held),
                $"update {i}: {held}, then {now}");
            said.Add(output.Split('\n')[1]);
            (held, PendingGeneration) = (now, now);
        }

        Assert.True(cuts > Runs / 20 && said.Count >= (Runs < 100 ? 2 : 4), $"{cuts} cuts; {string.Join(", ", said)}");
    }

    private int PendingGeneration { get; set; }

    /// <summary>A package, and whether a board may take it.</summary>
    private static (byte[] Package, bool Right) Draw(Random random, ref int newest)
    {
        switch (random.Next(7))
        {
            case 0:
                byte[] damaged = ModelSigner.Sign(Better, newest + 1, Key);
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                return (damaged, false);
            case 1:
                return (ModelSigner.Sign(Better, newest + 1, SHA256.HashData(Key)), false);
            case 2 when newest > 0:
                return (ModelSigner.Sign(Better, random.Next(1, newest + 1), Key),
                    true); // replayed: only if a cut kept it from being taken
            case 3:
                return (ModelSigner.Sign(Better, newest + 1, Key)[..random.Next(Better.Length)], false);
            case 4:
                return (ModelSigner.Sign([.. Better.Select(value => (byte)~value)], ++newest, Key), false); // signed by mistake: no model
            default:
                return (ModelSigner.Sign(Better, ++newest, Key), true);
        }
    }

    private static EmulatedFiles Flash()
    {
        EmulatedFiles flash = new();
        flash.WriteAll(KeyPath, Key);
        return flash;
    }

    /// <summary>One start of the board: what it printed, and the generation it ended with; null where the power was cut.</summary>
    private static (string Output, int? After) Run(EmulatedFiles flash, byte[]? package, long? cut = null)
    {
        flash.CutAfter(cut ?? long.MaxValue);
        StringWriter output = new() { NewLine = "\n" };
        try
        {
            Start(flash, _ => package, output);
        }
        catch (PowerCutException)
        {
            return (output.ToString(), null);
        }

        flash.CutAfter(long.MaxValue);
        return (output.ToString(), Generations(output.ToString()).After);
    }

    private static void Start(EmulatedFiles flash, Func<string, byte[]?>? server, StringWriter? output = null)
    {
        Machine machine = new(BoardProfile.Load("esp32"), Program,
            output ?? new StringWriter())
        { Peripherals = new BoardPeripherals { Files = flash, Server = server } };
        machine.Invoke(Program.Main.EntryPoint!, [.. Program.Main.EntryPoint!.Parameters.Select(_ => (object?)null)]);
    }

    /// <summary>The generations that the program told of first and last, each with as many examples right as its model has.</summary>
    private static (int Before, int After) Generations(string output)
    {
        int[] told = [.. output.Split('\n').Where(line => line.StartsWith("model of generation ", StringComparison.Ordinal)).Select(line =>
        {
            int generation = int.Parse(line.Split(' ')[3].TrimEnd(','));
            Assert.Equal(line, $"model of generation {generation}, {(generation == 0 ? 9 : 20)} of 20 right");
            return generation;
        })];
        return (told[0], told[^1]);
    }
}
