using System.Globalization;
using System.Text;

namespace Tiny.Training.Data.Capture;

/// <summary>
/// A CSV file of recordings that grows: whole lines alone are written, each batch in one call, so that whatever ends the process leaves whole lines. What a
/// power cut left of a line at the end is cut off when the file is opened.
/// </summary>
public sealed class CaptureFile : IDisposable
{
    private readonly FileStream file;
    private readonly StringBuilder waiting = new();
    private readonly string prefix;

    /// <summary>Opens a file to append a recording to; makes it if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The recording's name.</param>
    /// <param name="label">Its label.</param>
    /// <param name="channels">The channels.</param>
    /// <exception cref="DataException">It is of other channels, has such a recording already, or cannot be written.</exception>
    public CaptureFile(string path, string name, string label, IReadOnlyList<string> channels)
    {
        string header = $"file,label,i,ms,{string.Join(',', channels.Select(CsvText.Quoted))}";
        prefix = $"{CsvText.Quoted(name)},{CsvText.Quoted(label)},";
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be written: {error.Message}", error);
        }

        try
        {
            CutOff = WholeLines.CutOff(file);
            if (file.Length == 0)
            {
                waiting.Append(header).Append('\n');
            }
            else
            {
                Check(path, header, name);
            }

            file.Seek(0, SeekOrigin.End);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of a line without an end that were cut off when the file was opened.</summary>
    public long CutOff { get; }

    /// <summary>Adds a sample; it is written with the next <see cref="Write"/>.</summary>
    public void Add(CaptureSample sample) =>
        waiting.Append(prefix).Append(CultureInfo.InvariantCulture, $"{sample.Number},{sample.Milliseconds},").AppendJoin(',', sample.Values).Append('\n');

    /// <summary>Writes what was added, in one call.</summary>
    public void Write()
    {
        if (waiting.Length > 0)
        {
            file.Write(Encoding.UTF8.GetBytes(waiting.ToString()));
            waiting.Clear();
        }
    }

    /// <summary>Writes, and sees to it that it outlasts a power cut.</summary>
    public void Flush()
    {
        Write();
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        file.Dispose();
    }

    private void Check(string path, string header, string name)
    {
        file.Position = 0;
        using StreamReader reader = new(file, leaveOpen: true);
        string found = reader.ReadLine()!;
        if (found != header)
        {
            throw new DataException($"{path}: its columns are {found}, but this recording has {header}. Record to another file.");
        }

        while (reader.ReadLine() is string line)
        {
            if (line.StartsWith(CsvText.Quoted(name) + ",", StringComparison.Ordinal))
            {
                throw new DataException($"{path}: has a recording \"{name}\" already. Give this one another --name.");
            }
        }
    }
}
