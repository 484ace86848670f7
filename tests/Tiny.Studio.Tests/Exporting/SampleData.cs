using System.Globalization;

namespace Tiny.Studio.Tests.Exporting;

/// <summary>Recordings of two classes to train models of samples on.</summary>
internal static class SampleData
{
    /// <summary>Writes four recordings of 120 samples of the channels a0, a1 and so on into a folder, with two labels by turns.</summary>
    internal static void Write(string folder, int channels, double milliseconds = 10, string labels = "rest,shake")
    {
        string names = string.Join(',', Enumerable.Range(0, channels).Select(i => $"a{i}"));
        for (int recording = 0; recording < 4; recording++)
        {
            string label = labels.Split(',')[recording % 2];
            IEnumerable<string> rows = Enumerable.Range(0, 120).Select(row => string.Create(CultureInfo.InvariantCulture,
                $"r{recording},{label},{row},{milliseconds * row},"
                    + $"{string.Join(',', Enumerable.Range(0, channels).Select(i => (recording % 2) * (row % (5 + i)) + row % (3 + i)))}"));
            File.WriteAllLines(Path.Combine(folder, $"r{recording}.csv"), [$"file,label,i,ms,{names}", .. rows]);
        }
    }
}
