using System.IO.Compression;
using System.IO.Pipes;
using System.Security.Cryptography;
using System.Text;
using Tiny.Training.Data;

namespace Tiny.Training.Tests.Data;

public class DataFingerprintTests
{
    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(40_000, false)]
    [InlineData(40_000, true)]
    public void A_file_that_was_read_to_its_end_has_the_hash_of_its_bytes(int rows, bool gzip)
    {
        byte[] text = Encoding.UTF8.GetBytes(
            "a,l\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i * 7919 % 100003},{i % 2}\n")));
        using TemporaryFile temporary = new(text, gzip);
        byte[] stored = File.ReadAllBytes(temporary.Path);
        DataFile file = DataFile.Open(temporary.Path, withFingerprint: true);
        Assert.Null(file.Fingerprint);
        using DatasetFile read = DatasetFile.ReadCsv(file, new());
        Assert.Equal(new DataFingerprint(stored.Length, Convert.ToHexStringLower(SHA256.HashData(stored))), file.Fingerprint);
        Assert.Equal(rows, read.Table.Rows);
    }

    [Fact]
    public void An_idx_file_has_one_too()
    {
        byte[] images = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];
        using TemporaryFile first = new(images);
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 2, 7, 1];
        using TemporaryFile second = new(labels);
        DataFile file = DataFile.Open(first.Path, withFingerprint: true);
        DataFile labelsFile = DataFile.Open(second.Path, withFingerprint: true);
        using DatasetFile read = DatasetFile.ReadIdx(file, labelsFile);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(images)), file.Fingerprint!.Sha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(labels)), labelsFile.Fingerprint!.Sha256);
    }

    [Fact]
    public void It_is_there_only_where_it_was_asked_for_and_the_whole_file_was_read()
    {
        using TemporaryFile temporary = new("a,l\n1,x\n2,y\n3,x\n");
        DataFile unasked = DataFile.Open(temporary.Path);
        DatasetFile.ReadCsv(unasked, new()).Dispose();
        Assert.Null(unasked.Fingerprint);
        DataFile unread = DataFile.Open(temporary.Path, withFingerprint: true);
        unread.Dispose();
        Assert.Null(unread.Fingerprint);
    }

    [Fact]
    public async Task A_stream_that_comes_in_pieces_is_read_as_it_is_and_hashed()
    {
        byte[] bytes = new byte[700_001];
        new Random(3).NextBytes(bytes);
        using AnonymousPipeServerStream writer = new();
        using AnonymousPipeClientStream reader = new(PipeDirection.In, writer.ClientSafePipeHandle);
        Task writing = Task.Run(() =>
        {
            for (int at = 0; at < bytes.Length; at += 4099)
            {
                writer.Write(bytes, at, Math.Min(4099, bytes.Length - at));
            }

            writer.Dispose();
        });
        using FingerprintStream stream = new(reader);
        using MemoryStream read = new();
        await stream.CopyToAsync(read);
        await writing;
        Assert.Equal(bytes, read.ToArray());
        Assert.Equal(new DataFingerprint(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), stream.Fingerprint);
    }
}
