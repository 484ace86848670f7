using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Training;
using Tiny.Training.Data;

namespace Tiny.Cli.Options;

/// <summary>The options that let an interrupted training go on.</summary>
internal sealed class CheckpointOptions
{
    private readonly Option<string?> file =
        new("--checkpoint")
        {
            Description = "Save the run to this file, so that it can be resumed after an interruption",
            HelpName = "FILE"
        };
    private readonly Option<bool> resume =
        new("--resume")
        {
            Description = "Resume from --checkpoint if the file exists; the weights are the same as without the interruption"
        };

    internal void AddTo(Command command)
    {
        command.Options.Add(file);
        command.Options.Add(resume);
    }

    /// <summary>Names the file that these options name.</summary>
    internal void NameFiles(ParseResult parsed, RunFiles files) => files.Keeps(file.Name, parsed.GetValue(file));

    /// <summary>The checkpoint asked for, if any, claimed for this run.</summary>
    /// <exception cref="UsageException">There is one already and nobody said to go on from it, or the other way round.</exception>
    /// <exception cref="DataException">Another run is at work with it.</exception>
    internal Checkpoint? Read(ParseResult parsed)
    {
        bool goesOn = parsed.GetValue(resume);
        if (parsed.GetValue(file) is not string path)
        {
            return goesOn ? throw new UsageException("--resume goes with --checkpoint: name the file to go on from.") : null;
        }

        Checkpoint checkpoint = new(path);
        checkpoint.Claim();
        if (checkpoint.Exists && !goesOn)
        {
            checkpoint.Dispose();
            throw new UsageException($"{path}: there is a checkpoint already. Go on from it with --resume, or name another file to start "
                + "anew.");
        }

        if (goesOn)
        {
            Words.Say(checkpoint.Exists ? $"{path}: going on from it." : $"{path}: no checkpoint there; starting anew.");
        }

        return checkpoint;
    }
}
