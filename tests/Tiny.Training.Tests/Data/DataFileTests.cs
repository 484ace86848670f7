using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Tiny.Training.Data;

namespace Tiny.Training.Tests.Data;

public class DataFileTests
{
    private static readonly byte[] Rows =
        Encoding.UTF8.GetBytes("a,l\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i * 7919 % 10007},{i % 3}\n")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pipe_loses_nothing(bool gzip)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFile file = new(Rows, gzip);
        string pipe = Path.Combine(Path.GetTempPath(), $"tiny-{Guid.NewGuid():N}.pipe");
        using (Process make = Process.Start("mkfifo", pipe))
        {
            make.WaitForExit();
        }

        try
        {
            Task write = Task.Run(() =>
            {
                using FileStream to = new(pipe, FileMode.Open, FileAccess.Write);
                to.Write(File.ReadAllBytes(file.Path));
            });
            Dataset piped = DatasetFile.ReadCsv(pipe, new()).Data;
            await write;
            Assert.Equal(DatasetFile.ReadCsv(file.Path, new()).Data.Inputs, piped.Inputs);
            Assert.Equal(30_000, piped.Rows);
        }
        finally
        {
            File.Delete(pipe);
        }
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(1.0)]
    public void A_gzip_file_that_was_cut_is_refused(double share)
    {
        byte[] whole = Packed();
        byte[] cut = whole[..(int)(share * (whole.Length - 8))];
        using TemporaryFile file = new(cut);
        Assert.Contains("the gzip file ends early", Assert.Throws<DataException>(() => DatasetFile.ReadCsv(file.Path, new())).Message);
    }

    [Fact]
    public void Two_gzip_members_are_one_file()
    {
        using TemporaryFile file = new([.. Packed(), .. Packed(Encoding.UTF8.GetBytes("1,0\n2,1\n"))]);
        Assert.Equal(30_002, DatasetFile.ReadCsv(file.Path, new()).Data.Rows);
    }

    [Fact]
    public void The_stream_begins_at_the_files_first_byte_whatever_was_looked_at()
    {
        foreach (byte[] bytes in new byte[][] { [0, 0, 8, 1, 0, 0, 0, 1, 5], [0, 0, 99, 1], [1], [0, 0], Encoding.UTF8.GetBytes("a,b\n") })
        {
            using TemporaryFile file = new(bytes);
            using DataFile opened = DataFile.Open(file.Path);
            MemoryStream read = new();
            opened.Stream.CopyTo(read);
            Assert.Equal(bytes, read.ToArray());
            Assert.Equal(bytes.Length == 9, opened.IsIdx);
        }
    }

    private static byte[] Packed(byte[]? bytes = null)
    {
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes ?? Rows);
        }

        return packed.ToArray();
    }
}
