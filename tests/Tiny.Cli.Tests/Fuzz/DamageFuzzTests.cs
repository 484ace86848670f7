namespace Tiny.Cli.Tests.Fuzz;

/// <summary>Damaged copies of each kind of file in each command that reads it.</summary>
public sealed class DamageFuzzTests
{
    private const string Damaged = "out/damaged";

    [UnixFact]
    public void Whatever_is_in_a_file_a_run_ends_in_words_and_harms_nothing()
    {
        using FuzzWorld world = new();
        Random random = new(7);
        foreach ((string file, int copies, string[] commands) in Kinds)
        {
            byte[] whole = world.Inputs[file];
            for (int copy = 0; copy < copies; copy++)
            {
                byte[] damaged = Damage.Of(whole, random);
                if (file.EndsWith(".tiny", StringComparison.Ordinal) && copy % 2 == 0 && damaged.Length > 32)
                {
                    WorkFolder.Seal(damaged); // so that more than its checksum is tried
                }

                foreach (string command in commands)
                {
                    File.WriteAllBytes(world.At(Damaged), damaged);
                    world.Run([.. command.Split(' ').Select(word => word == "*" ? world.At(Damaged) : world.Located(word)[0])]);
                }
            }
        }

        world.NothingWasFound(leastRuns: 2000);
    }

    /// <summary>A file, how many damaged copies of it, and the commands that read one in the place of *.</summary>
    private static readonly (string File, int Copies, string[] Commands)[] Kinds =
    [
        ("d.csv", 120, ["data *", "train * --epochs 1 --layers 2 --out out/m.tiny", "eval m.tiny *", "predict m.tiny *",
            "quantize m.tiny --data * --max-loss 1000 --out out/q.tiny"]),
        ("d.csv.gz", 60, ["data *", "predict m.tiny *"]),
        ("v.csv", 60, ["data *", "train * --task regression --epochs 1 --layers 2 --out out/m.tiny", "eval v.tiny *"]),
        ("r.csv", 80, ["data * --group file",
            "train * --group file --channels x,y --window 8 --hop 4 --rate 50 --epochs 1 --layers 2 --out out/m.tiny", "predict w.tiny *",
            "eval w.tiny *"]),
        ("images", 60, ["data * --labels labels", "train * --labels labels --epochs 1 --layers 2 --out out/m.tiny", "predict i.tiny *"]),
        ("labels", 60, ["data images --labels *", "train images --labels * --epochs 1 --layers 2 --out out/m.tiny"]),
        ("m.tiny", 120, ["predict * d.csv", "eval * d.csv", "diff * n.tiny", "average n.tiny * --out out/a.tiny",
            "export * --class M --out out"]),
        ("m8.tiny", 80, ["predict * d.csv", "export * --class M --out out"]),
        ("w.tiny", 80, ["predict * r.csv", "eval * r.csv"]),
        ("m.tiny", 10, ["info *", "validate * d.csv", "report * d.csv --out out/r.html"]),
        ("w.tiny", 10, ["info *", "validate * r.csv"]),
        ("c.bin", 80, ["train d.csv --epochs 2 --layers 3 --out out/m.tiny --checkpoint * --resume"]),
        ("h.csv", 15, ["report v.tiny v.csv --history * --out out/r.html"]),
        ("s.json", 150, ["sweep * --status --slurm out/none"]),
        ("recorded.csv", 30, ["emulate Program.dll --accelerometer *"]),
    ];
}
