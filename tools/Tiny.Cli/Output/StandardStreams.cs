using Tiny.Training.Files;

namespace Tiny.Cli.Output;

/// <summary>stdout and stderr as they are in the user's world: full, closed, or a terminal. What is closed is never written to.</summary>
internal static class StandardStreams
{
    private static Stream? bytes;
    private static TextWriter? text;

    /// <summary>stdout for bytes.</summary>
    internal static Stream Data => bytes ?? Console.OpenStandardOutput();

    /// <summary>stdout for data that a program reads: to the letter, unless it goes to a terminal.</summary>
    internal static TextWriter DataText => text ?? Console.Out;

    /// <summary>Sets the console up; once, when the process begins.</summary>
    internal static void Guard()
    {
        bytes = new GuardedStream(StandardHandle.IsClosed(StandardHandle.Output) ? null : Console.OpenStandardOutput(), "stdout");
        StreamWriter exact = new(bytes, Console.Out.Encoding) { AutoFlush = true };
        Console.SetOut(TextWriter.Synchronized(new PlainWriter(exact)));
        text = Console.IsOutputRedirected ? exact : Console.Out;
        Console.SetError(StandardHandle.IsClosed(StandardHandle.Error)
            ? TextWriter.Null
            : TextWriter.Synchronized(
            new StreamWriter(new GuardedStream(Console.OpenStandardError(), null), Console.Error.Encoding) { AutoFlush = true }));
        if (StandardHandle.IsClosed(StandardHandle.Input))
        {
            Console.SetIn(TextReader.Null);
        }
    }
}
