using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tiny.Cli.Tests;

/// <summary>A serial port without hardware: what is written here comes out at <see cref="Port"/>, as from a device. Linux alone.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;

    private readonly FileStream master;

    internal PseudoTerminal()
    {
        int descriptor = posix_openpt(ReadWrite | NoControllingTerminal);
        Assert.True(descriptor >= 0 && grantpt(descriptor) == 0 && unlockpt(descriptor) == 0, "There is no pseudo-terminal to be had.");
        Port = Marshal.PtrToStringAnsi(ptsname(descriptor))!;
        master = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    /// <summary>The port's path.</summary>
    internal string Port { get; }

    internal void Write(ReadOnlySpan<byte> bytes) => master.Write(bytes);

    public void Dispose() => master.Dispose();

#pragma warning disable SYSLIB1054, CA2101 // Four calls of the C library's do not need a source generator.
    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern IntPtr ptsname(int descriptor);
#pragma warning restore SYSLIB1054, CA2101
}

/// <summary>A test on a pseudo-terminal; skipped with a word where the system has none.</summary>
public sealed class PseudoTerminalFactAttribute : FactAttribute
{
    public PseudoTerminalFactAttribute()
    {
        Skip = OperatingSystem.IsLinux() ? null : "Pseudo-terminals are made by Linux's own calls here.";
    }
}
