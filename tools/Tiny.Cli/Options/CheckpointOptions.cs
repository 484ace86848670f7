using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Training;

namespace Tiny.Cli.Options;

/// <summary>The options that let an interrupted training go on.</summary>
internal sealed class CheckpointOptions
{
    private readonly Option<string?> file = new("--checkpoint") { Description = "Keep the run in this file, so that it can go on if it is interrupted", HelpName = "FILE" };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on from --checkpoint, if it is there, to the same weights as without the interruption" };

    internal void AddTo(Command command)
    {
        command.Options.Add(file);
        command.Options.Add(resume);
    }

    /// <summary>The checkpoint asked for, if any.</summary>
    /// <exception cref="UsageException">There is one already and nobody said to go on from it, or the other way round.</exception>
    internal Checkpoint? Read(ParseResult parsed)
    {
        bool goesOn = parsed.GetValue(resume);
        if (parsed.GetValue(file) is not string path)
        {
            return goesOn ? throw new UsageException("--resume goes with --checkpoint: name the file to go on from.") : null;
        }

        OutputFile.CheckWritable(path);
        Checkpoint checkpoint = new(path);
        if (checkpoint.Exists && !goesOn)
        {
            throw new UsageException($"{path}: there is a checkpoint already. Go on from it with --resume, or delete it to start anew.");
        }

        if (goesOn)
        {
            Words.Say(checkpoint.Exists ? $"{path}: going on from it." : $"{path}: no checkpoint there; starting anew.");
        }

        return checkpoint;
    }
}
