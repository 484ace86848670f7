using System.CommandLine;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Files;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Commands;

/// <summary>
/// tiny train --stream: makes a stream of the model that was trained over windows, and streams the recordings that training left out
/// through it.
/// </summary>
internal static class StreamTraining
{
    /// <summary>The stream of a trained model, and how it does.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">How the data are read.</param>
    /// <param name="path">The data file that is tried.</param>
    /// <param name="rows">The rows of the training.</param>
    /// <param name="outcome">What the training came to.</param>
    /// <param name="background">The class that is no event.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="ModelException">The model cannot stream.</exception>
    internal static StreamOutcome Run(
        ParseResult parsed, TrainingDataOptions options, string path, TrainingRows rows, TrainOutcome outcome, BackgroundOption background,
        CancellationToken cancel)
    {
        StreamForm form = FormOf(outcome.Blob);
        Network network = Network.FromBlob(form.Blob);
        int quiet = background.Read(parsed, network);
        if (!Directory.Exists(path) && FileStatus.Of(path).Kind != FileKind.Ordinary)
        {
            Words.Say($"note: {path} cannot be read twice, so the stream was not tried: tiny eval does it on a file.");
            return new StreamOutcome(form, null);
        }

        using DatasetFile file = options.ReadFor(parsed, network, path, cancel);
        return new StreamOutcome(form, StreamEvaluation.Run(network, file, RowsOf(file, rows), quiet, cancel));
    }

    /// <summary>Refuses what does not stream before anything is trained.</summary>
    /// <exception cref="UsageException">The rows are no windows of recordings.</exception>
    internal static void Check(TrainingRows rows)
    {
        if (rows.Schema.Features is null)
        {
            throw new UsageException("--stream is for recordings, a row a sample: say how many samples a window of the training has with "
                + "--window.");
        }
    }

    /// <summary>The windows to train on: those of the recordings, and as many again that go from one to another.</summary>
    internal static RowSource RowsFor(TrainingRows rows, int seed)
    {
        Words.Say("note: as many windows again begin in another recording, as a stream goes from one thing to the next.");
        return StreamTransitions.Add(rows.Data.File.Data, ((MemoryRows)rows.Train).Numbers, seed);
    }

    private static StreamForm FormOf(byte[] blob)
    {
        try
        {
            return StreamForm.Of(blob);
        }
        catch (StreamException error)
        {
            throw new ModelException($"The model cannot stream: {error.Message}");
        }
    }

    /// <summary>The blocks of the recordings whose windows were tried; of all where none were kept.</summary>
    private static IEnumerable<int> RowsOf(DatasetFile file, TrainingRows rows)
    {
        RowGroups windows = rows.TestData.File.Data.Groups!;
        HashSet<string> names = [.. rows.InOrder().Select(row => windows.Names[windows.Of[row]])];
        RowGroups blocks = file.Data.Groups!;
        return Enumerable.Range(0, file.Data.Rows).Where(row => names.Contains(blocks.Names[blocks.Of[row]]));
    }
}
