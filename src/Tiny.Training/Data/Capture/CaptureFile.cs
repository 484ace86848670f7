using System.Globalization;
using System.Text;
using Tiny.Training.Data.Text;
using Tiny.Training.Files;

namespace Tiny.Training.Data.Capture;

/// <summary>
/// A CSV file of recordings that grows: whole lines alone are written, each batch in one call, so that whatever ends the process leaves
/// whole lines. A file that is there already is looked at before anything is written, and left as it is unless it is such a file.
/// </summary>
/// <seealso cref="CaptureRecorder"/>
public sealed class CaptureFile : IDisposable
{
    private readonly string path;
    private readonly StringBuilder waiting = new();
    private readonly HashSet<string> names = [];
    private FileStream? file;
    private ExistingCapture? existing;
    private string? columns; // of this capture's recordings
    private string prefix = "";

    private CaptureFile(string path) => this.path = path;

    /// <summary>Bytes of a line without an end that were cut off when the first recording began.</summary>
    public long CutOff { get; private set; }

    /// <summary>
    /// Opens a file to append recordings to, or, where there is none, sees to it that one can be made. Changes nothing yet.
    /// </summary>
    /// <exception cref="DataException">It is no ordinary file or no file of recordings, another
    /// capture writes to it, or it cannot be written.</exception>
    public static CaptureFile Open(string path)
    {
        CaptureFile capture = new(path);
        switch (FileStatus.Of(path).Kind)
        {
            case FileKind.Missing:
                break;
            case FileKind.Ordinary:
                capture.OpenExisting();
                break;
            case FileKind.Folder:
                throw new DataException($"{path}: is a folder. Name a file for --out.");
            default:
                throw new DataException($"{path}: is a pipe or a device. Name an ordinary file for --out.");
        }

        return capture;
    }

    /// <summary>A recording's name or label as it is kept: without blanks at its ends.</summary>
    /// <param name="text">The name or label.</param>
    /// <param name="option">Where it was given, for the message.</param>
    /// <exception cref="SelectionException">It is empty, or cannot stand in a line.</exception>
    public static string CheckText(string text, string option)
    {
        string trimmed = text.Trim();
        return trimmed.Length == 0 ? throw new SelectionException($"{option} is empty.")
            : trimmed.Any(char.IsControl)
            ? throw new SelectionException($"{option}: a line break or another control character cannot stand in it.")
            : trimmed;
    }

    /// <summary>Checks that channels may be called so.</summary>
    /// <exception cref="SelectionException">Two columns of the file would have one name.</exception>
    public static void CheckChannels(IReadOnlyList<string> channels)
    {
        string own = ExistingCapture.OwnColumns.TrimEnd(',');
        string? twice = own.Split(',').Concat(channels).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new SelectionException(
                $"Two columns would be called \"{twice}\" (the file's own are {own}). Give the channels other names with --channels.");
        }
    }

    /// <summary>A name that no recording has: this one, or one with a number behind it.</summary>
    public string FreeName(string name)
    {
        string free = name;
        for (int number = 2; names.Contains(free); number++)
        {
            free = $"{name}-{number}";
        }

        return free;
    }

    /// <summary>Begins a recording.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="label">Its label.</param>
    /// <param name="channels">The channels.</param>
    /// <exception cref="DataException">The file is of other channels, has such a recording already, or cannot be written.</exception>
    public void Begin(string name, string label, IReadOnlyList<string> channels)
    {
        CheckChannels(channels);
        CheckName(name);
        string wanted = ExistingCapture.OwnColumns + string.Join(',', channels.Select(Field));
        if (columns is null)
        {
            MakeReady(wanted);
            columns = wanted;
        }

        names.Add(name);
        prefix = $"{Field(name)},{Field(label)},";
    }

    /// <summary>Checks that a recording may be called so.</summary>
    /// <exception cref="DataException">One is called so already.</exception>
    public void CheckName(string name)
    {
        if (names.Contains(name))
        {
            throw new DataException($"{path}: has a recording \"{name}\" already. Give this one another --name.");
        }
    }

    /// <summary>Adds a sample; it is written with the next <see cref="Write"/>.</summary>
    public void Add(CaptureSample sample) =>
        waiting.Append(prefix).Append(CultureInfo.InvariantCulture, $"{sample.Number},{sample.Milliseconds},")
        .AppendJoin(',', sample.Values).Append('\n');

    /// <summary>Writes what was added, in one call.</summary>
    /// <exception cref="DataException">It cannot be written; whole lines alone are left.</exception>
    public void Write()
    {
        if (waiting.Length == 0)
        {
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(waiting.ToString());
        waiting.Clear();
        long end = file!.Length;
        try
        {
            file.Write(bytes);
        }
        catch (IOException error)
        {
            file.SetLength(end);
            throw new DataException($"{path}: cannot be written: {FileFault.Reason(error)}.", error);
        }
    }

    /// <summary>Writes, and sees to it that it outlasts a power cut.</summary>
    /// <exception cref="DataException">It cannot be written.</exception>
    public void Flush()
    {
        Write();
        Guarded(() => file?.Flush(flushToDisk: true));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (file is not null)
        {
            Flush();
            file.Dispose();
        }
    }

    /// <summary>A name or label, in quotes too where the line would be taken for a comment.</summary>
    private static string Field(string text) => text.StartsWith('#') ? $"\"{text.Replace("\"", "\"\"")}\"" : CsvText.Quoted(text);

    /// <summary>Makes the file ready for the first recording.</summary>
    private void MakeReady(string wanted)
    {
        if (existing is not null
            && !(existing.HeaderIsWhole ? existing.Header == wanted : wanted.StartsWith(existing.Header, StringComparison.Ordinal)))
        {
            throw new DataException($"{path}: its columns "
                + $"are {SafeText.Clean(existing.Header)}, but this recording has {wanted}. Record to another file.");
        }

        if (file is null)
        {
            OpenFile(FileMode.CreateNew);
        }
        else
        {
            Guarded(() => CutOff = WholeLines.CutOff(file));
        }

        if (existing is not { HeaderIsWhole: true })
        {
            waiting.Append(wanted).Append('\n');
        }
    }

    private void OpenExisting()
    {
        OpenFile(FileMode.Open);
        try
        {
            Guarded(Examine);
        }
        catch
        {
            file!.Dispose();
            throw;
        }
    }

    private void OpenFile(FileMode mode)
    {
        // Linux shares a file that is open for writing with everyone, so a second capture is kept away by a lock behind its end.
        bool locksRegions = OperatingSystem.IsLinux();
        FileShare share = locksRegions || OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
        try
        {
            file = new FileStream(path, mode, FileAccess.ReadWrite, share, bufferSize: 0);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DataException($"{path}: cannot be written: {FileFault.Reason(error)}.", error);
        }

        try
        {
            if (locksRegions)
            {
                file.Lock(long.MaxValue - 1, 1);
            }
        }
        catch (IOException error)
        {
            file.Dispose();
            file = null;
            throw new DataException($"{path}: another capture writes to it. Wait for its end, or name another file for --out.", error);
        }
    }

    private void Examine()
    {
        existing = ExistingCapture.Read(path, file!);
        names.UnionWith(existing?.Names ?? []);
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (IOException error)
        {
            throw new DataException($"{path}: cannot be read or written: {FileFault.Reason(error)}.", error);
        }
    }
}
