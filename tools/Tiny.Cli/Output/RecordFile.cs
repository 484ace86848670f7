using Tiny.Training.Files;
using Tiny.Training.Records;

namespace Tiny.Cli.Output;

/// <summary>Reads and writes training records beside models.</summary>
internal static class RecordFile
{
    private const int MostBytes = 1 << 28;

    /// <summary>The record of a model; null where there is none, or none that can be used, which is said.</summary>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="blob">What it holds.</param>
    internal static TrainingRecord? Find(string modelPath, byte[] blob)
    {
        string path = TrainingRecord.PathFor(modelPath);
        if (FileStatus.Of(path).Kind == FileKind.Missing)
        {
            return null;
        }

        try
        {
            TrainingRecord record = TrainingRecord.Parse(InputFile.ReadAll(path, MostBytes));
            if (record.Model == RecordedModel.Of(blob))
            {
                return record;
            }

            Words.Warn($"{path} is the training record of another model "
                + $"than {modelPath}, which was replaced or has learned since. It is passed over.");
        }
        catch (RecordException error)
        {
            Words.Warn($"{path} is no training record, or a damaged one: {error.Message} It is passed over.");
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Words.Warn($"{path}: the training record cannot be read: {FileFault.Reason(error)}. It is passed over.");
        }

        return null;
    }

    /// <summary>Refuses to replace a file beside a model that is no training record.</summary>
    /// <param name="modelPath">The model's file.</param>
    /// <exception cref="ModelException">There is one.</exception>
    internal static void CheckReplaceable(string modelPath)
    {
        if (IsBeside(modelPath))
        {
            OutputFile.CheckOurs(TrainingRecord.PathFor(modelPath), TrainingRecord.RecordKind,
                "The training record would be written there: name another model file with --out, or move that file");
        }
    }

    /// <summary>Writes the model, then the record: so a record never belongs to a model that is not there.</summary>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="blob">The model.</param>
    /// <param name="record">Its record; null for none.</param>
    /// <exception cref="ModelException">One cannot be written. If it is the record, the model is there.</exception>
    internal static void Write(string modelPath, byte[] blob, TrainingRecord? record)
    {
        bool isBeside = IsBeside(modelPath);
        OutputFile.Write(modelPath, blob);
        if (record is null || !isBeside)
        {
            return;
        }

        try
        {
            OutputFile.Write(TrainingRecord.PathFor(modelPath), record.ToJson());
        }
        catch (ModelException error)
        {
            throw new ModelException($"{error.Message} The model was written to {modelPath}, but without this training record.");
        }
    }

    /// <summary>Whether a model has its record beside it: one in a pipe or a device has none.</summary>
    internal static bool IsBeside(string modelPath) => FileStatus.Of(modelPath).Kind is FileKind.Ordinary or FileKind.Missing;
}
