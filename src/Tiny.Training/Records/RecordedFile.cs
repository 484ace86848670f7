using Tiny.Training.Data;

namespace Tiny.Training.Records;

/// <summary>A data file that was read.</summary>
/// <param name="Path">The file as the command line named it.</param>
/// <param name="Bytes">Its bytes as they lie on the disk or came through the pipe, so before unpacking; null where they are not those of one file.</param>
/// <param name="Sha256">Their SHA-256 in small hexadecimal digits; null where <paramref name="Bytes"/> is.</param>
/// <param name="Rows">Rows used; of recordings the windows.</param>
/// <param name="Dropped">Rows left out because a value was missing.</param>
/// <param name="BadRows">Rows left out because they could not be read.</param>
/// <param name="Labels">Of an IDX file, the file of its labels.</param>
public sealed record RecordedFile(string Path, long? Bytes, string? Sha256, long Rows, long Dropped = 0, long BadRows = 0, RecordedFile? Labels = null)
{
    /// <summary>Whether another file, or another name of this one, holds the same bytes.</summary>
    public bool IsSame(DataFingerprint? file, DataFingerprint? labels) =>
        Sha256 is not null && Sha256 == file?.Sha256 && (Labels is null || (Labels.Sha256 is not null && Labels.Sha256 == labels?.Sha256));
}
