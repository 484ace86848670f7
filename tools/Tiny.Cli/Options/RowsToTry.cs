using Tiny.Cli.Output;
using Tiny.Features;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Records;

namespace Tiny.Cli.Options;

/// <summary>Chooses the rows that a model is tried on, and says what its training record knows of them.</summary>
internal static class RowsToTry
{
    /// <summary>The rows: those of the split asked for; else, of the file trained on, those that were not trained on; else all.</summary>
    /// <param name="file">The file.</param>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="record">The model's training record; null without one.</param>
    /// <param name="asked">The split that was asked for; null for none, <see cref="SplitPlan.None"/> for all rows.</param>
    internal static TrainingRows Choose(LoadedFile file, string modelPath, TrainingRecord? record, SplitPlan? asked)
    {
        RecordedSplit? trained = record is not null && file.Is(record.Data) ? record.Split : null;
        SplitPlan plan = asked ?? trained?.ToPlan() ?? SplitPlan.None;
        (RowSource train, RowSource? test) = SplitOptions.Apply(plan, file.File.Table);
        if (asked is null && trained?.Validation is double share)
        {
            (train, RowSource judged) = train.HoldBack(share, RecordedSplit.ValidationSeed);
            test ??= judged;
        }

        if (record is null)
        {
            Words.Say($"note: there is no training record of {modelPath}: the rows tried may include rows that it was trained on.");
        }
        else if (trained is not null)
        {
            Tell(file.File, trained, asked, train, test);
        }

        if (test is not null)
        {
            Notes.OfSplit(file.File, train, test, isSplit: true);
        }

        return new TrainingRows(file, train, test, file);
    }

    private static void Tell(DatasetFile file, RecordedSplit trained, SplitPlan? asked, RowSource train, RowSource? test)
    {
        long rows = file.Table.Rows;
        if (file.Table.Schema.Features?.Kinds == FeatureKinds.Stream)
        {
            // Rows are blocks of samples here, and were windows in training: what is counted does not compare.
            Words.Say($"{file.Path}: " + (test is null ? "all of its recordings, those trained on included."
                : $"the split of the training record: {trained.Options}; {Format.Count(test.Rows, "block")} "
                    + "of samples that the model was not trained on."));
        }
        else if (trained.TrainRows == rows)
        {
            Words.Say($"note: {file.Path}: the model was trained on all of "
                + $"its {Format.Count(rows, "row")}: how it does on them tells little of others.");
        }
        else if (asked is null && train.Rows != trained.TrainRows)
        {
            Words.Warn($"{file.Path}: the split of the training record ({trained.Options}) leaves {Format.Count(train.Rows)} to train on "
                + $"here, but then it left {Format.Count(trained.TrainRows)}: other rows were left out, and rows tried may have been "
                + "trained on.");
        }
        else if (asked is null)
        {
            Words.Say($"{file.Path}: the split of the training "
                + $"record: {trained.Options}; {Format.Count(test!.Rows, "row")} that the model was not trained on.");
        }
        else if (asked == SplitPlan.None)
        {
            Words.Say($"note: {file.Path}: the model was trained on {Format.Count(trained.TrainRows)} of its {Format.Count(rows, "row")}.");
        }
        else if (asked != trained.ToPlan())
        {
            Words.Warn($"{file.Path}: this is not the split of the training record "
                + $"({trained.Options}): rows tried may have been trained on.");
        }
    }
}
