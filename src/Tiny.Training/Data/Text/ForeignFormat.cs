namespace Tiny.Training.Data.Text;

/// <summary>Knows files that are no tables by their first bytes, so that a message can say what they are.</summary>
internal static class ForeignFormat
{
    private static readonly (byte[] Start, string Name, string Advice)[] Known =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or an Excel workbook", "Unpack it, or save the sheet as CSV."),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook", "Save the sheet as CSV."),
        ([0x25, 0x50, 0x44, 0x46], "a PDF document", "Save the table as CSV."),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image", "Images come as IDX files or as a CSV row each."),
        ([0xFF, 0xD8, 0xFF], "a JPEG image", "Images come as IDX files or as a CSV row each."),
        ([0x50, 0x41, 0x52, 0x31], "a Parquet file", "Write the table as CSV."),
        ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a numpy file", "Write it with numpy.savetxt(name, array, delimiter=\",\")."),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file", "Write the table as CSV."),
        ([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65], "a SQLite database", "Write the table as CSV."),
        ([0x42, 0x5A, 0x68], "a bzip2 file", "Unpack it, or pack it with gzip."),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz file", "Unpack it, or pack it with gzip."),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file", "Unpack it, or pack it with gzip."),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive", "Unpack it."),
        ([0x54, 0x49, 0x4E, 0x59], "a Tiny model", "Pass the data here and the model in its place."),
    ];

    /// <summary>What a file is and what to do, where its first bytes are those of another format; else null.</summary>
    internal static string? Describe(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] first, string name, string advice) in Known)
        {
            if (start.StartsWith(first))
            {
                return $"this is {name}, expected a CSV or IDX file. {advice}";
            }
        }

        return null;
    }
}
