using Tiny.Training.Data.Recordings;
using Tiny.Training.Files;
using Tiny.Training.Records;

namespace Tiny.Cli.Output;

/// <summary>
/// The files of one run, each with the option that names it. They are checked all at once, before the first is
/// read: nothing that is written may be what is read, or what is written under another option.
/// </summary>
internal sealed class RunFiles
{
    private readonly List<Entry> entries = [];

    private enum Use
    {
        Read,

        /// <summary>Replaced whole; a pipe or a device is written into.</summary>
        Written,

        /// <summary>Replaced whole, in a folder that is made: only then is it known whether that can be done.</summary>
        WrittenInFolder,

        /// <summary>Read again, or appended to: an ordinary file.</summary>
        Kept,
    }

    /// <summary>A file that is read, or a folder of such files; "-" is stdin.</summary>
    /// <param name="option">The option or argument that names it.</param>
    /// <param name="path">The file; null where the option was not given.</param>
    internal RunFiles Reads(string option, string? path)
    {
        foreach (string file in Directory.Exists(path) ? RecordingFiles.In(path) : [])
        {
            Add(option, file, Use.Read);
        }

        return Add(option, path, Use.Read);
    }

    /// <summary>A model that is read, with the training record beside it.</summary>
    /// <param name="option">The option or argument that names it.</param>
    /// <param name="path">The model; null where the option was not given.</param>
    internal RunFiles ReadsModel(string option, string? path) => Reads(option, path).Reads(RecordOf(option), RecordBeside(path));

    /// <summary>A file that is replaced, or a pipe or device that is written into.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file; null where the option was not given.</param>
    internal RunFiles Writes(string option, string? path) => Add(option, path, Use.Written);

    /// <summary>A model that is written, with the training record beside it.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The model; null where the option was not given.</param>
    internal RunFiles WritesModel(string option, string? path) => Writes(option, path).Writes(RecordOf(option), RecordBeside(path));

    /// <summary>A file that is written and read again, or appended to; no pipe and no device.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file; null where the option was not given.</param>
    internal RunFiles Keeps(string option, string? path) => Add(option, path, Use.Kept);

    /// <summary>Files that are written into a folder, which is made if it is not there.</summary>
    /// <param name="option">The option that names the folder.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="names">The files' names.</param>
    internal RunFiles WritesInto(string option, string folder, params IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Add(option, Path.Combine(folder, name), Use.WrittenInFolder);
        }

        return this;
    }

    /// <summary>Checks all of them, and stdout with them.</summary>
    /// <exception cref="UsageException">A file that is written is named by another option too.</exception>
    /// <exception cref="ModelException">A file cannot be written.</exception>
    internal void Check()
    {
        CheckApart();
        foreach (Entry entry in entries.Where(entry => entry.Use is Use.Written or Use.Kept))
        {
            if (entry.Use == Use.Kept && FileStatus.Of(entry.Path).Kind is not (FileKind.Ordinary or FileKind.Missing or FileKind.Folder))
            {
                throw new ModelException($"{entry.Path}: is no ordinary file, which {entry.Option} needs.");
            }

            OutputFile.CheckWritable(entry.Option, entry.Path);
        }
    }

    private static string RecordOf(string option) => $"the training record of {option}";

    /// <summary>The record's name; none beside a pipe or a device.</summary>
    private static string? RecordBeside(string? model) => model is not null && RecordFile.IsBeside(model)
        ? TrainingRecord.PathFor(model) : null;

    private RunFiles Add(string option, string? path, Use use)
    {
        if (path is not null)
        {
            entries.Add(new Entry(option, path, use));
        }

        return this;
    }

    private void CheckApart()
    {
        Dictionary<string, Entry> seen = [];
        Entry[] all = FileStatus.Of("/dev/stdout").Kind == FileKind.Ordinary
            ? [new Entry("stdout", "/dev/stdout", Use.Written), .. entries] : [.. entries];

        // What is read goes first: it is the outputs that have to step aside.
        foreach (Entry entry in all.OrderBy(entry => entry.Use))
        {
            if (entry.Identity is not string identity || seen.TryAdd(identity, entry))
            {
                continue;
            }

            Entry other = seen[identity];
            if (entry.Use != Use.Read || other.Use != Use.Read)
            {
                string same = entry.DiffersInCase(other)
                    ? "differ in capital letters alone, which many systems take for one file"
                    : "are the same file, which would be overwritten";
                throw new UsageException($"{entry} and {other} {same}. Name another file for {entry.Option}.");
            }
        }
    }

    private sealed record Entry(string Option, string Path, Use Use)
    {
        /// <summary>
        /// What all names of the file have in common; null for what takes any number of writers, and for stdin that is no file.
        /// </summary>
        internal string? Identity => FileStatus.Of(Real).Kind is FileKind.CharacterDevice or FileKind.Other ? null
            : Path == "-" && FileStatus.Of(Real).Kind != FileKind.Ordinary ? null
            : FilePath.Identity(Real);

        private string Real => Path == "-" && Use == Use.Read ? "/dev/stdin" : Path;

        internal bool DiffersInCase(Entry other) => Path != other.Path && Path.Equals(other.Path, StringComparison.OrdinalIgnoreCase)
            && FileStatus.Of(Path).Kind == FileKind.Missing;

        public override string ToString() => Option == "stdout" ? Option : $"{Option} {Path}";
    }
}
