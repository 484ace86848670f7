using System.Runtime.InteropServices;

namespace Tiny.Training.Files;

/// <summary>
/// stdin, stdout and stderr that were closed when the process began. The runtime has opened files of its own since, and one of
/// them has the number: whoever reads or writes under it waits for ever, or spoils what the runtime is at.
/// </summary>
/// <example>
/// <code>
/// using Stream input = StandardHandle.OpenInput();           // empty where stdin was closed
/// </code>
/// </example>
public static class StandardHandle
{
    /// <summary>The number of stdin.</summary>
    public const int Input = 0;

    /// <summary>The number of stdout.</summary>
    public const int Output = 1;

    /// <summary>The number of stderr.</summary>
    public const int Error = 2;

    private const int GetFlags = 1; // F_GETFD
    private const int ClosedForChildren = 1; // FD_CLOEXEC

    /// <summary>Whether a stream was closed when the process began.</summary>
    /// <param name="number">0, 1 or 2: stdin, stdout or stderr.</param>
    /// <remarks>The runtime closes its files for children, and what was handed down to this process cannot be so closed.</remarks>
    public static bool IsClosed(int number) => !OperatingSystem.IsWindows() && fcntl(number, GetFlags) is int flags
        && (flags < 0 || (flags & ClosedForChildren) != 0);

    /// <summary>stdin as bytes; a closed one is empty.</summary>
    public static Stream OpenInput() => IsClosed(Input) ? Stream.Null : Console.OpenStandardInput();

    [DllImport("libc")]
    private static extern int fcntl(int file, int command);
}
