using Tiny.Core;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Data;

/// <summary>Reads an IDX file and the one of its labels into a table.</summary>
/// <example>
/// <code>
/// Dataset digits = IdxReader.Read("images.idx", "labels.idx");
/// int rows = digits.Rows;
/// </code>
/// </example>
public static class IdxReader
{
    /// <summary>Reads both files into memory.</summary>
    /// <exception cref="DataException">A file is missing or not as its header says, or they do not fit each other.</exception>
    public static Dataset Read(string path, string labelsPath) =>
        ReadTable(DataFile.Open(path), DataFile.Open(labelsPath), StorageOptions.AllInMemory).Data!;

    /// <exception cref="DataException">A file is missing or not as its header says, or they do not fit each other.</exception>
    internal static RowTable ReadTable(DataFile file, DataFile labelsFile, StorageOptions storage, CancellationToken cancel = default)
    {
        using IdxSource rows = new(file);
        using IdxSource labels = new(labelsFile);
        labels.CheckAreLabelsOf(rows);
        RowStore store = new(rows.ElementsEach, storage, rows.Count);
        try
        {
            int highest = 0;
            float[] label = new float[1];
            for (int i = 0; i < rows.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                rows.ReadRow(store.Next());
                labels.ReadRow(label);
                if (label[0] != MathF.Floor(label[0]) || label[0] is < 0 or > 65535)
                {
                    throw new DataException($"{labels.Path}: label {i} is {label[0]}, expected a whole number from 0 to 65535.");
                }

                highest = Math.Max(highest, (int)label[0]);
                store.Add(label[0], -1);
            }

            // Both say it if something follows.
            rows.ReadRow([]);
            labels.ReadRow([]);
            string[] names = [.. Enumerable.Range(0, highest + 1).Select(i => i.ToString())];
            DataColumns columns = DataColumns.Unnamed(rows.ElementsEach, shareUnit: true) with { Shape = rows.Shape };
            return store.Finish(new DataSchema(columns, NetworkTask.Classification, names), new AnswerKey(null));
        }
        catch
        {
            store.Abandon();
            throw;
        }
    }
}
