namespace Tiny.Gestures;

/// <summary>Writes the sample data to the file named, or to stdout: a table of features, or with --recordings raw recordings.</summary>
public static class Program
{
    /// <summary>dotnet run --project tools/Tiny.Gestures -- [--recordings] [FILE]</summary>
    public static int Main(string[] arguments)
    {
        bool recordings = arguments.Contains("--recordings");
        string csv = recordings ? GestureRecordings.ToCsv(seed: 1) : GestureData.ToCsv(seed: 1);
        string[] files = [.. arguments.Where(argument => argument != "--recordings")];
        if (files.Length == 0)
        {
            Console.Out.Write(csv);
        }
        else
        {
            File.WriteAllText(files[0], csv);
        }

        return 0;
    }
}
