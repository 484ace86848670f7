using System.Globalization;
using System.Text;

namespace Tiny.Studio.Tests;

/// <summary>Files of recordings as tiny capture writes them.</summary>
internal static class Recorded
{
    /// <summary>A recording of two channels, 50 samples a second.</summary>
    internal static string Text(string name, string label, int rows, double amplitude = 1)
    {
        StringBuilder text = new("file,label,i,ms,x,y\n");
        for (int i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name},{label},{i},{20 * i},{amplitude * Math.Sin(i):0.###},{i % 17}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes one into a folder.</summary>
    internal static void Write(string folder, string name, string label, int rows, double amplitude = 1) =>
        File.WriteAllText(Path.Combine(folder, name + ".csv"), Text(name, label, rows, amplitude));
}
