using Tiny.Cli.Output;
using Tiny.Training.Records;

namespace Tiny.Cli.Options;

/// <summary>Finds the training record beside a model.</summary>
internal static class ModelRecord
{
    /// <summary>The record; null where there is none, or none that can be used, which is said.</summary>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="blob">What it holds.</param>
    internal static TrainingRecord? Find(string modelPath, byte[] blob)
    {
        string path = TrainingRecord.PathFor(modelPath);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            TrainingRecord record = TrainingRecord.Parse(File.ReadAllBytes(path));
            if (record.Model == RecordedModel.Of(blob))
            {
                return record;
            }

            Words.Warn($"{path} is the training record of another model than {modelPath}, which was replaced or has learned since. It is passed over.");
        }
        catch (RecordException error)
        {
            Words.Warn($"{path} is no training record, or a damaged one: {error.Message} It is passed over.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Words.Warn($"{path}: the training record cannot be read: {error.Message} It is passed over.");
        }

        return null;
    }
}
