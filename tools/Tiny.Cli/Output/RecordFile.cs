using Tiny.Training.Records;

namespace Tiny.Cli.Output;

/// <summary>Writes a model with its training record.</summary>
internal static class RecordFile
{
    /// <summary>Writes the model, then the record: so a record never belongs to a model that is not there.</summary>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="blob">The model.</param>
    /// <param name="record">Its record; null for none.</param>
    /// <exception cref="ModelException">One cannot be written. If it is the record, the model is there.</exception>
    internal static void Write(string modelPath, byte[] blob, TrainingRecord? record)
    {
        OutputFile.Write(modelPath, blob);
        if (record is null)
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
}
