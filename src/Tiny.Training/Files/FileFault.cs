namespace Tiny.Training.Files;

/// <summary>Why a file could not be read or written, in words.</summary>
/// <example>
/// <code>
/// try
/// {
///     byte[] model = InputFile.ReadAll("model.tiny", 1 &lt;&lt; 20);
/// }
/// catch (Exception error) when (FileFault.Is(error))
/// {
///     Console.WriteLine($"model.tiny: {FileFault.Reason(error)}");
/// }
/// </code>
/// </example>
public static class FileFault
{
    /// <summary>Whether this is what a system says of its files, disks and pipes.</summary>
    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException or System.Security.SecurityException;

    /// <summary>What the system says, without the path that it appends and without a full stop: the message around it has both.</summary>
    public static string Reason(Exception error)
    {
        if (error is UnauthorizedAccessException)
        {
            return "permission denied";
        }

        int path = error.Message.IndexOf(" : '", StringComparison.Ordinal);
        return (path < 0 ? error.Message : error.Message[..path]).TrimEnd('.', ' ');
    }
}
