namespace Tiny.Reference;

/// <summary>Writes a reference assembly for each API table: Tiny.Reference TABLES OUT.</summary>
public static class Program
{
    /// <summary>Returns 0, or 1 with a message on stderr.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: Tiny.Reference TABLES OUT    (folder of API tables, folder for the assemblies)");
            return 2;
        }

        try
        {
            IReadOnlyList<ApiTable> tables = ApiTable.ReadFolder(arguments[0]);
            ReferenceWriter.Write(tables, arguments[1]);
            return 0;
        }
        catch (Exception error) when (error is ApiTableException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("Tiny.Reference: " + error.Message);
            return 1;
        }
    }
}
