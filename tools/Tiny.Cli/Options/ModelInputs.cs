using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Cli.Options;

/// <summary>The inputs of a data file for a model, row by row, so that a sensor may be piped through. Labels, if there are any, are passed over.</summary>
internal sealed class ModelInputs : IDisposable
{
    private readonly string path;
    private readonly int count;
    private readonly CsvSource? csv;
    private readonly ColumnSelection? selection;
    private readonly IdxSource? idx;

    private ModelInputs(string path, int count, CsvSource? csv, ColumnSelection? selection, IdxSource? idx)
    {
        this.path = path;
        this.count = count;
        this.csv = csv;
        this.selection = selection;
        this.idx = idx;
    }

    /// <summary>Whether the file names its columns.</summary>
    internal bool AreNamed => csv is { Header.IsNamed: true };

    /// <summary>Opens a file, or stdin for "-".</summary>
    /// <exception cref="DataException">It does not match the model.</exception>
    internal static ModelInputs Open(Network network, string path, DataOptions options, ParseResult parsed)
    {
        bool isIdx = path != "-" && DataFile.IsIdx(path);
        options.CheckFor(parsed, path, isIdx, labelled: false);
        if (isIdx)
        {
            IdxSource rows = new(path);
            return rows.ElementsEach == network.Inputs
                ? new ModelInputs(path, network.Inputs, null, null, rows)
                : throw new DataException($"{path}: each row has {rows.ElementsEach} elements, but the model takes {network.Inputs} inputs.");
        }

        CsvOptions csvOptions = options.ToCsv(parsed);
        CsvSource source = path == "-" ? new CsvSource("stdin", Console.In, csvOptions) : new CsvSource(path, csvOptions);
        ColumnSelection columns = ColumnSelection.ForModel(source.Header, csvOptions, network.Inputs, network.ColumnsChecksum, needsLabel: false);
        return new ModelInputs(path, network.Inputs, source, columns with { Label = -1 }, null);
    }

    /// <summary>The rows; the same array each time.</summary>
    internal IEnumerable<float[]> Rows()
    {
        float[] row = new float[count];
        if (idx is not null)
        {
            while (idx.ReadRow(row))
            {
                yield return row;
            }

            yield break;
        }

        while (csv!.ReadRow(selection!, row, out _))
        {
            yield return row;
        }

        if (csv.Dropped > 0)
        {
            Notes.Dropped(path, csv.Dropped, csv.RowsRead - csv.Dropped);
        }
    }

    public void Dispose()
    {
        csv?.Dispose();
        idx?.Dispose();
    }
}
