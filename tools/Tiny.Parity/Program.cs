using System.Text;
using Tiny.Core.NanoTests.Parity;

namespace Tiny.Parity;

/// <summary>Writes tests/Tiny.Core.NanoTests/Parity/ParityVectors.cs from what the desktop core computes.</summary>
public static class Program
{
    private const string Default = "tests/Tiny.Core.NanoTests/Parity/ParityVectors.cs";

    /// <summary>dotnet run -c Release --project tools/Tiny.Parity [FILE]</summary>
    public static int Main(string[] arguments)
    {
        string path = arguments.Length > 0 ? arguments[0] : Default;
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            Console.Error.WriteLine($"Tiny.Parity: {path}: no such folder. Run from the top of the checkout, or name the file.");
            return 1;
        }

        File.WriteAllText(path, Source());
        return 0;
    }

    /// <summary>The file's text.</summary>
    public static string Source()
    {
        StringBuilder text = new();
        text.Append("""
            namespace Tiny.Core.NanoTests.Parity
            {
                /// <summary>
                /// What the desktop core gave, written by tools/Tiny.Parity: every board must give the same. Not for editing by hand.
                /// </summary>
                internal static class ParityVectors
                {
                    /// <summary>The figures of one case, as ParityCases tells them.</summary>
                    internal static int[] Of(int activation, int loss)
                    {
                        switch (activation * ParityCases.Losses + loss)
                        {

            """);
        for (int activation = 0; activation < ParityCases.Activations; activation++)
        {
            for (int loss = 0; loss < ParityCases.Losses; loss++)
            {
                text.Append($"                "
                    + $"case {activation * ParityCases.Losses + loss}:\n                    return new int[]\n                    {{\n");
                foreach (int[] line in ParityCases.Run(activation, loss).Chunk(6))
                {
                    text.Append("                        ").AppendJoin(", ", line).Append(",\n");
                }

                text.Append("                    };\n");
            }
        }

        text.Append("""
                            default:
                                return new int[ParityCases.Figures];
                        }
                    }
                }
            }

            """);
        return text.ToString();
    }
}
