using Tiny.Core;

namespace Tiny.Training.Data;

/// <summary>A data file read whole, CSV or IDX, with what its reader noticed.</summary>
/// <param name="Data">The rows.</param>
/// <param name="Path">The file.</param>
/// <param name="Dropped">Rows dropped because a value was missing.</param>
/// <param name="HeaderWasData">Whether the first row was taken as data though nobody said that there is no header.</param>
public sealed record DatasetFile(Dataset Data, string Path, int Dropped, bool HeaderWasData)
{
    /// <summary>Reads a CSV file to train on.</summary>
    /// <exception cref="DataException">It cannot be used as it is.</exception>
    public static DatasetFile ReadCsv(string path, CsvOptions options)
    {
        CsvTable table = CsvReader.ReadTable(path, options);
        return new DatasetFile(CsvReader.ToDataset(table, options), path, table.Dropped, table.HeaderWasData);
    }

    /// <summary>Reads a CSV file for a model: the columns it takes, and the answers it gives.</summary>
    /// <exception cref="DataException">The file does not match the model.</exception>
    public static DatasetFile ReadCsvFor(Network model, string path, CsvOptions options)
    {
        using CsvSource source = new(path, options);
        ColumnSelection selection = ColumnSelection.ForModel(source.Header, options, model.Inputs, model.ColumnsChecksum, needsLabel: true);
        CsvTable table = CsvReader.ReadTable(source, selection);
        CsvOptions fixedByModel = options with
        {
            Task = model.Task,
            ClassNames = model.Task == NetworkTask.Regression ? null : [.. Enumerable.Range(0, model.ClassCount).Select(model.GetOutputName)],
        };
        return new DatasetFile(CsvReader.ToDataset(table, fixedByModel), path, table.Dropped, table.HeaderWasData);
    }

    /// <summary>Reads an IDX file and its labels.</summary>
    /// <exception cref="DataException">They cannot be used as they are.</exception>
    public static DatasetFile ReadIdx(string path, string labelsPath) => new(IdxReader.Read(path, labelsPath), path, 0, false);

    /// <summary>Reads an IDX file and its labels for a model.</summary>
    /// <exception cref="DataException">They do not match the model.</exception>
    public static DatasetFile ReadIdxFor(Network model, string path, string labelsPath)
    {
        Dataset data = IdxReader.Read(path, labelsPath);
        if (data.ColumnCount != model.Inputs)
        {
            throw new DataException($"{path}: each row has {data.ColumnCount} elements, but the model takes {model.Inputs} inputs. Pass the data the model was made for.");
        }

        if (model.Task != NetworkTask.Classification || data.OutputNames.Count > model.ClassCount)
        {
            throw new DataException($"{labelsPath}: holds labels up to {data.OutputNames.Count - 1}, but the model knows {model.ClassCount} classes.");
        }

        return new DatasetFile(data, path, 0, false);
    }
}
