using Tiny.Training.Data;

namespace Tiny.Training.Tests.Data;

public class IdxReaderTests
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_labels_are_read_plain_or_gzip(bool gzip)
    {
        Dataset data = Read(Images, Labels, gzip);
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 255f], data.Inputs);
        Assert.Equal([1, 0], data.Classes);
        Assert.Equal(["0", "1"], data.OutputNames);
        Assert.True(data.Columns.ShareUnit);
    }

    [Fact]
    public void Other_element_types_are_read()
    {
        Assert.Equal([-2f], Array([0, 0, 9, 1, 0, 0, 0, 1, 0xFE]));
        Assert.Equal([-2f], Array([0, 0, 0x0B, 1, 0, 0, 0, 1, 0xFF, 0xFE]));
        Assert.Equal([258f], Array([0, 0, 0x0C, 1, 0, 0, 0, 1, 0, 0, 1, 2]));
        Assert.Equal([1.5f], Array([0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0xC0, 0, 0]));
        Assert.Equal([1.5f], Array([0, 0, 0x0E, 1, 0, 0, 0, 1, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0]));
        Assert.Contains("expected a finite number",
            Assert.Throws<DataException>(() => Array([0, 0, 0x0D, 1, 0, 0, 0, 1, 0x7F, 0xC0, 0, 0])).Message);
    }

    [Fact]
    public void A_payload_that_is_short_or_long_is_refused_with_the_byte()
    {
        DataException fault = Assert.Throws<DataException>(() => Read(Images[..^1], Labels));
        Assert.Contains("byte 21: the header promises 2 x 3 elements, 6 bytes, but the file ends after 5", fault.Message);
        Assert.Contains("goes on after them", Assert.Throws<DataException>(() => Read([.. Images, 0], Labels)).Message);
    }

    [Fact]
    public void Headers_that_make_no_sense_are_refused()
    {
        foreach (byte[] bytes in new byte[][] { [1, 2, 3, 4], [0, 0, 7, 1, 0, 0, 0, 1, 1], [0, 0, 8, 0], [0, 0, 8, 1, 0, 0],
            [0, 0, 8, 1, 0, 0, 0, 0], [0, 0, 8] })
        {
            Assert.Throws<DataException>(() => Array(bytes));
        }
    }

    [Fact]
    public void Labels_of_other_data_are_refused() =>
        Assert.Contains("holds 1 labels", Assert.Throws<DataException>(() => Read(Images, [0, 0, 8, 1, 0, 0, 0, 1, 1])).Message);

    private static float[] Array(byte[] bytes)
    {
        using TemporaryFile file = new(bytes);
        using IdxSource source = new(file.Path);
        float[] elements = new float[source.Count * source.ElementsEach];
        for (int row = 0; row < source.Count; row++)
        {
            Assert.True(source.ReadRow(elements.AsSpan(row * source.ElementsEach, source.ElementsEach)));
        }

        Assert.False(source.ReadRow([]));
        return elements;
    }

    private static Dataset Read(byte[] images, byte[] labels, bool gzip = false)
    {
        using TemporaryFile first = new(images, gzip);
        using TemporaryFile second = new(labels, gzip);
        using DataFile file = DataFile.Open(first.Path);
        Assert.True(file.IsIdx);
        return IdxReader.Read(first.Path, second.Path);
    }
}
