using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Features;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Cli.Options;

/// <summary>The inputs of a data file for a model, row by row, so that a sensor may be piped through. Labels, if there are any, are passed over.</summary>
internal sealed class ModelInputs : IDisposable
{
    private readonly string path;
    private readonly int count;
    private readonly CsvSource? csv;
    private readonly ColumnSelection? selection;
    private readonly IdxSource? idx;
    private readonly WindowReader? windows;

    private ModelInputs(string path, int count, CsvSource? csv, ColumnSelection? selection, IdxSource? idx, WindowReader? windows = null)
    {
        this.windows = windows;
        this.path = path;
        this.count = count;
        this.csv = csv;
        this.selection = selection;
        this.idx = idx;
    }

    /// <summary>Whether the file names its columns.</summary>
    internal bool AreNamed => csv is { Header.IsNamed: true };

    /// <summary>Whether the rows are windows of recordings.</summary>
    internal bool AreWindows => windows is not null;

    /// <summary>Opens a file, or stdin for "-".</summary>
    /// <param name="network">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="onSample">Told of each sample of a recording before it is a part of a row.</param>
    /// <param name="onBreak">Told when samples before are to be forgotten.</param>
    /// <exception cref="DataException">It does not match the model.</exception>
    internal static ModelInputs Open(
        Network network, string path, DataOptions options, ParseResult parsed, Action<float[]>? onSample = null, Action? onBreak = null)
    {
        DataFile file = path == "-" ? DataFile.OpenStdin() : DataFile.Open(path);
        options.CheckFor(parsed, path, file.IsIdx, labelled: false);
        if (file.IsIdx)
        {
            IdxSource rows = new(file);
            return rows.ElementsEach == network.Inputs
                ? new ModelInputs(path, network.Inputs, null, null, rows)
                : throw new DataException($"{path}: each row has {rows.ElementsEach} elements, but the model takes {network.Inputs} inputs.");
        }

        CsvOptions csvOptions = options.ToCsv(parsed);
        CsvSource source = new(file, csvOptions);
        if (network.FeatureBytes > 0 && FeatureDescription.Of(network) is FeatureDescription features && RecordingColumns.AreIn(source.Header, features))
        {
            RecordingColumns recorded = RecordingColumns.ForModel(source.Header, csvOptions, features, label: -1);
            WindowReader reader = new(source, recorded, features) { OnSample = onSample, OnBreak = onBreak };
            return new ModelInputs(path, network.Inputs, source, null, null, reader);
        }

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

        while (windows?.Next(row) ?? csv!.ReadRow(selection!, row, out _))
        {
            yield return row;
        }

        if (csv!.Dropped > 0)
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
