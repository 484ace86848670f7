using System.Globalization;

namespace Tiny.Version1.Tests;

/// <summary>Blobs that the last release of format version 1 wrote, and what it predicted and learned from them, in bits.</summary>
internal sealed class GoldenBlob
{
    private GoldenBlob(string name, float limit)
    {
        Name = name;
        Limit = limit;
    }

    /// <summary>What the model is like.</summary>
    internal string Name { get; }

    /// <summary>Inputs are drawn from -limit to limit.</summary>
    internal float Limit { get; }

    /// <summary>The answer for the inputs drawn by a seed.</summary>
    internal List<(int Seed, int Class, int[] Outputs)> Predictions { get; } = [];

    /// <summary>Names of the classes.</summary>
    internal List<string> Names { get; } = [];

    /// <summary>CRC-32 of all parameters.</summary>
    internal int Weights { get; private set; }

    internal int FeatureBytes { get; private set; }

    internal int Columns { get; private set; }

    internal int Generation { get; private set; }

    /// <summary>
    /// CRC-32 of all parameters and the last loss after 200 steps, and what is predicted then; null for a model that cannot learn.
    /// </summary>
    internal (int Weights, int Loss)? Learned { get; private set; }

    internal int[] After { get; private set; } = [];

    internal byte[] Bytes => File.ReadAllBytes(PathOf($"{Name}.tiny"));

    internal static List<GoldenBlob> ReadAll()
    {
        List<GoldenBlob> all = [];
        foreach (string line in File.ReadLines(PathOf("expected.txt")))
        {
            string[] words = line.Split(' ');
            if (words[1] == "limit")
            {
                all.Add(new GoldenBlob(words[0], float.Parse(words[2], CultureInfo.InvariantCulture)));
            }
            else
            {
                all[^1].Read(words);
            }
        }

        return all;
    }

    private void Read(string[] words)
    {
        switch (words[0])
        {
            case "predict":
                Predictions.Add((int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture),
                    [.. words[3..].Select(Hex)]));
                break;
            case "name":
                Names.Add(words[2]);
                break;
            case "weights":
                Weights = Hex(words[1]);
                FeatureBytes = int.Parse(words[3], CultureInfo.InvariantCulture);
                Columns = int.Parse(words[5], CultureInfo.InvariantCulture);
                Generation = int.Parse(words[7], CultureInfo.InvariantCulture);
                break;
            case "learn":
                Learned = (Hex(words[2]), Hex(words[3]));
                break;
            default:
                After = [.. words[2..].Select(Hex)];
                break;
        }
    }

    private static int Hex(string word) => int.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);
}
