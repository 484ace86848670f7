using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tiny.Training.Files;

/// <summary>
/// What stands at a path and which of the system's files it is: .NET tells neither pipes from
/// files nor two names of one file from two files.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Identity">The same for all names of one file, hard and symbolic links
/// included; null for nothing, and where the system does not tell.</param>
/// <example>
/// <code>
/// bool isPipe = FileStatus.Of("samples").Kind == FileKind.Pipe;
/// </code>
/// </example>
public readonly record struct FileStatus(FileKind Kind, string? Identity)
{
    private static readonly FileStatus Nothing = new(FileKind.Missing, null);

    /// <summary>Looks at a path; links are followed.</summary>
    public static FileStatus Of(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? Linux.Of(Linux.CurrentFolder, path, 0)
                : OperatingSystem.IsMacOS() ? Mac.Of(path)
                : OperatingSystem.IsWindows() ? Windows.Of(path)
                : Plain(path);
        }
        catch (EntryPointNotFoundException)
        {
            return Plain(path);
        }
    }

    /// <summary>Looks at an open file.</summary>
    internal static FileStatus Of(SafeFileHandle file)
    {
        try
        {
            return OperatingSystem.IsLinux() ? Linux.Of((int)file.DangerousGetHandle(), "", Linux.OfHandle)
                : OperatingSystem.IsMacOS() ? Mac.Of(file)
                : OperatingSystem.IsWindows() ? Windows.Of(file)
                : new(FileKind.Ordinary, null);
        }
        catch (EntryPointNotFoundException)
        {
            return new(FileKind.Ordinary, null);
        }
    }

    /// <summary>As much as .NET tells by itself.</summary>
    private static FileStatus Plain(string path) =>
        new(Directory.Exists(path) ? FileKind.Folder : File.Exists(path) ? FileKind.Ordinary : FileKind.Missing, null);

    /// <summary>The kind, told from the type in a Unix mode.</summary>
    private static FileKind KindOf(int mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.Ordinary,
        0x4000 => FileKind.Folder,
        0x1000 => FileKind.Pipe,
        0x2000 => FileKind.CharacterDevice,
        _ => FileKind.Other,
    };

    /// <summary>statx, whose structure is the same on every architecture.</summary>
    private static class Linux
    {
        internal const int CurrentFolder = -100; // AT_FDCWD
        internal const int OfHandle = 0x1000; // AT_EMPTY_PATH: what the number stands for itself
        private const uint TypeAndNumber = 0x101; // STATX_TYPE | STATX_INO

        internal static FileStatus Of(int folder, string path, int flags)
        {
            Status status = default;
            return statx(folder, path, flags, TypeAndNumber, ref status) == 0
                ? new(KindOf(status.Mode), $"{status.DeviceMajor}:{status.DeviceMinor}:{status.Number}")
                : Nothing;
        }

        [DllImport("libc")]
        private static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)]
        string path, int flags, uint mask, ref Status status);

        [StructLayout(LayoutKind.Explicit, Size = 256)]
        private struct Status
        {
            [FieldOffset(28)] internal ushort Mode;
            [FieldOffset(32)] internal ulong Number;
            [FieldOffset(136)] internal uint DeviceMajor;
            [FieldOffset(140)] internal uint DeviceMinor;
        }
    }

    /// <summary>stat in its form with 64-bit file numbers, which has a name of its own where there is another.</summary>
    private static class Mac
    {
        private static readonly bool HasTwo = RuntimeInformation.ProcessArchitecture == Architecture.X64;

        internal static FileStatus Of(string path)
        {
            Status status = default;
            return (HasTwo ? StatOfX64(path, ref status) : stat(path, ref status)) == 0 ? From(status) : Nothing;
        }

        internal static FileStatus Of(SafeFileHandle file)
        {
            Status status = default;
            return (HasTwo ? FstatOfX64(file, ref status) : fstat(file, ref status)) == 0 ? From(status) : Nothing;
        }

        private static FileStatus From(Status status) => new(KindOf(status.Mode), $"{status.Device}:{status.Number}");

        [DllImport("libc")]
        private static extern int stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, ref Status status);

        [DllImport("libc", EntryPoint = "stat$INODE64")]
        private static extern int StatOfX64([MarshalAs(UnmanagedType.LPUTF8Str)] string path, ref Status status);

        [DllImport("libc")]
        private static extern int fstat(SafeFileHandle file, ref Status status);

        [DllImport("libc", EntryPoint = "fstat$INODE64")]
        private static extern int FstatOfX64(SafeFileHandle file, ref Status status);

        [StructLayout(LayoutKind.Explicit, Size = 144)]
        private struct Status
        {
            [FieldOffset(0)] internal int Device;
            [FieldOffset(4)] internal ushort Mode;
            [FieldOffset(8)] internal ulong Number;
        }
    }

    /// <summary>GetFileInformationByHandle.</summary>
    private static class Windows
    {
        internal static FileStatus Of(string path)
        {
            FileStatus plain = Plain(path);
            if (plain.Kind != FileKind.Ordinary)
            {
                return plain;
            }

            try
            {
                using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                return Of(file);
            }
            catch (Exception error) when (FileFault.Is(error))
            {
                return plain;
            }
        }

        internal static FileStatus Of(SafeFileHandle file) => new(
            FileKind.Ordinary, GetFileInformationByHandle(file, out Status status)
                ? $"{status.Volume}:{status.NumberHigh}:{status.NumberLow}" : null);

        [DllImport("kernel32")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool GetFileInformationByHandle(SafeFileHandle file, out Status status);

        [StructLayout(LayoutKind.Explicit, Size = 52)]
        private struct Status
        {
            [FieldOffset(28)] internal uint Volume;
            [FieldOffset(44)] internal uint NumberHigh;
            [FieldOffset(48)] internal uint NumberLow;
        }
    }
}
