using System.Text;
using Tiny.Training.Files;

namespace Tiny.Cli.Sweep;

/// <summary>A file of results that grows by whole lines. A line that was cut off is cut away when the file is opened.</summary>
internal sealed class ResultLog : IDisposable
{
    private readonly FileStream file;

    internal ResultLog(string path)
    {
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        WholeLines.CutOff(file);
    }

    /// <exception cref="ModelException">It cannot be written, such as to a full disk.</exception>
    internal void Add(TrialResult result)
    {
        try
        {
            file.Write(Encoding.UTF8.GetBytes(SweepFolder.Line(result) + "\n"));
            file.Flush(flushToDisk: false);
        }
        catch (IOException error)
        {
            throw new ModelException($"{file.Name}: cannot be written: {error.Message}");
        }
    }

    public void Dispose() => file.Dispose();
}
