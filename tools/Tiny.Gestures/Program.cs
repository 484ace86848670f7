namespace Tiny.Gestures;

/// <summary>Writes the sample data set to the file named, or to stdout.</summary>
public static class Program
{
    /// <summary>dotnet run --project tools/Tiny.Gestures [FILE]</summary>
    public static int Main(string[] arguments)
    {
        string csv = GestureData.ToCsv(seed: 1);
        if (arguments.Length == 0)
        {
            Console.Out.Write(csv);
        }
        else
        {
            File.WriteAllText(arguments[0], csv);
        }

        return 0;
    }
}
