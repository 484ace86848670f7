using System.Globalization;
using System.Text;
using Tiny.Learning;

namespace Tiny.Gestures;

/// <summary>
/// The same gestures as raw recordings, in the form of <c>tiny capture</c>: eight wearers make five gestures, six
/// recordings each of 3 s at 50 Hz, in counts of an accelerometer whose range is 4 g (8192 to a g). Rows stand in
/// the order of the wearers, so that the last 30 recordings are a wearer of their own.
/// </summary>
public static class GestureRecordings
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 50;

    /// <summary>Recordings that each wearer makes of each gesture.</summary>
    public const int RecordingsEach = 6;

    private const int Wearers = 8;
    private const int Samples = 3 * Rate;
    private const int CountsPerG = 8192;

    /// <summary>The whole file, fixed by its seed.</summary>
    public static string ToCsv(int seed)
    {
        StringBuilder csv = new("file,label,i,ms,x,y,z\n");
        foreach ((string name, string label, short[][] samples) in All(seed))
        {
            for (int i = 0; i < samples.Length; i++)
            {
                csv.Append(CultureInfo.InvariantCulture,
                    $"{name},{label},{i},{i * 1000 / Rate},{samples[i][0]},{samples[i][1]},{samples[i][2]}\n");
            }
        }

        return csv.ToString();
    }

    /// <summary>Each recording with its gesture, (samples)(axes).</summary>
    public static IEnumerable<(string Name, string Label, short[][] Samples)> All(int seed)
    {
        SeededRandom random = new(seed);
        for (int wearer = 0; wearer < Wearers; wearer++)
        {
            Wearer person = Wearer.Draw(random);
            foreach (Gesture gesture in Enum.GetValues<Gesture>())
            {
                string label = gesture.ToString().ToLowerInvariant();
                for (int recording = 0; recording < RecordingsEach; recording++)
                {
                    double[][] axes = GestureData.Record(gesture, person, random, Samples);
                    yield return ($"wearer{wearer}-{label}-{recording}", label,
                        [.. Enumerable.Range(0, Samples).Select(i => axes.Select(axis => Counts(axis[i])).ToArray())]);
                }
            }
        }
    }

    private static short Counts(double g) => (short)Math.Clamp(Math.Round(g * CountsPerG), short.MinValue, short.MaxValue);
}
