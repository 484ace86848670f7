using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Records;

/// <summary>A data file that was read.</summary>
/// <param name="Path">The file as the command line named it.</param>
/// <param name="Bytes">Its bytes as they lie on the disk or came through the pipe, so before
/// unpacking; null where they are not those of one file.</param>
/// <param name="Sha256">Their SHA-256 in small hexadecimal digits; null where <paramref name="Bytes"/> is.</param>
/// <param name="Rows">Rows used; of recordings the windows.</param>
/// <param name="Content">What stands for those rows and their answers, however the file is
/// packed or written: <see cref="Data.Rows.RowTable.Fingerprint"/>.</param>
/// <param name="Dropped">Rows left out because a value was missing.</param>
/// <param name="LeftOut">Rows left out because of their label.</param>
/// <param name="BadRows">Rows left out because they could not be read.</param>
/// <param name="Labels">Of an IDX file, the file of its labels.</param>
/// <seealso cref="TrainingRecord"/>
public sealed record RecordedFile(
    string Path, long? Bytes, string? Sha256, long Rows, string? Content = null, long Dropped = 0, long LeftOut = 0, long BadRows = 0,
    RecordedFile? Labels = null)
{
    /// <summary>Whether a file, whatever it is called, holds the same bytes, or the same rows in another form.</summary>
    /// <param name="file">The file's fingerprint; null where it has none.</param>
    /// <param name="labels">Of an IDX file that of its labels.</param>
    /// <param name="table">Its rows.</param>
    public bool IsSame(DataFingerprint? file, DataFingerprint? labels, RowTable table) =>
        (Sha256 is not null && Sha256 == file?.Sha256 && Labels?.Sha256 == labels?.Sha256)
        || (Rows == table.Rows && Content is not null && Content == table.Fingerprint());
}
