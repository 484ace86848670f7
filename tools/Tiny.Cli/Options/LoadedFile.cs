using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Rows;
using Tiny.Training.Records;

namespace Tiny.Cli.Options;

/// <summary>A data file that a command has read.</summary>
/// <param name="File">Its rows, and how they were read.</param>
/// <param name="Options">How they were to be read; null for an IDX file.</param>
/// <param name="Fingerprint">What tells it from other files; null where that was not asked
/// for, or the file was not read to its last byte.</param>
internal sealed record LoadedFile(DatasetFile File, CsvOptions? Options, DataFingerprint? Fingerprint)
{
    /// <summary>Of an IDX file, the file of its labels.</summary>
    internal string? LabelsPath { get; init; }

    /// <summary>The fingerprint of that.</summary>
    internal DataFingerprint? LabelsFingerprint { get; init; }

    /// <summary>Reads a CSV file.</summary>
    internal static LoadedFile OfCsv(DataFile opened, CsvOptions options, Func<CsvOptions, DatasetFile> read)
    {
        DatasetFile file = read(options);
        return new LoadedFile(file, options, opened.Fingerprint);
    }

    /// <summary>Reads the recordings in a folder, which has no fingerprint.</summary>
    internal static LoadedFile OfFolder(string path, CsvOptions options, Func<RecordingFiles, CsvOptions, DatasetFile> read) =>
        new(read(RecordingFiles.Open(path, options), options), options, null);

    /// <summary>Reads an IDX file and that of its labels.</summary>
    internal static LoadedFile OfIdx(DataFile opened, string labelsPath, Func<DataFile, DataFile, DatasetFile> read)
    {
        using DataFile labels = DataFile.Open(labelsPath, withFingerprint: true);
        DatasetFile file = read(opened, labels);
        return new LoadedFile(file, null, opened.Fingerprint) { LabelsPath = labelsPath, LabelsFingerprint = labels.Fingerprint };
    }

    /// <summary>Whether it is the file that the record of a training names.</summary>
    internal bool Is(RecordedFile recorded) => recorded.IsSame(Fingerprint, LabelsFingerprint, File.Table);

    internal RecordedFile ToRecord()
    {
        DataReading reading = File.Reading;
        RowTable table = File.Table;
        RecordedFile? labels = LabelsPath is null
            ? null : new RecordedFile(LabelsPath, LabelsFingerprint?.Bytes, LabelsFingerprint?.Sha256, table.Rows);
        return new RecordedFile(
            File.Path, Fingerprint?.Bytes, Fingerprint?.Sha256, table.Rows, table.Fingerprint(), reading.Dropped, reading.LeftOut,
                reading.BadRows, labels);
    }
}
