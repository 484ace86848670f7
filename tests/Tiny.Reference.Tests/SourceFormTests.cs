using Tiny.Tests;

namespace Tiny.Reference.Tests;

/// <summary>What the formatter does not see to.</summary>
public sealed class SourceFormTests
{
    private const int Longest = 140;
    private const string RawString = "\"\"\"";

    /// <summary>Built things, and the table of native methods, whose names the metadata processor makes.</summary>
    private static readonly string[] PassedOver = ["/bin/", "/obj/", "/src/Tiny.Native/Firmware/"];

    private static readonly string[] Folders = ["src", "tools", "tests", "firmware-samples"];
    private static readonly string[] Extensions = [".cs", ".c", ".h", ".js", ".css"];

    [Fact]
    public void No_line_of_code_is_over_140_characters()
    {
        string[] files = [.. Folders.SelectMany(folder => Sources(Path.Combine(Repository.Root, folder)))];

        string[] found = [.. files.SelectMany(LongLines)];

        Assert.True(files.Length > 1000, $"Only {files.Length} sources were found.");
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [Fact]
    public void A_long_line_is_found_and_a_page_of_text_within_a_source_is_not()
    {
        string file = Path.GetTempFileName();
        File.WriteAllLines(file,
            ["int a;", new string('/', 141), "string page = " + RawString, new string('x', 200), RawString + ";", new string('/', 140)]);

        Assert.Equal([$"{file}, line 2: 141 characters"], LongLines(file));
        File.Delete(file);
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Extensions.Contains(Path.GetExtension(file))
            && !PassedOver.Any(folder => file.Replace('\\', '/').Contains(folder, StringComparison.Ordinal)));

    private static IEnumerable<string> LongLines(string file)
    {
        bool isText = false; // within a raw string, whose lines are what is printed
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            bool wasText = isText;
            isText ^= line.Split(RawString).Length % 2 == 0;
            if (line.Length > Longest && !wasText)
            {
                yield return $"{file}, line {number}: {line.Length} characters";
            }
        }
    }
}
