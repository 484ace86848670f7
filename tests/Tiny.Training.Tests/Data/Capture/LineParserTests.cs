using System.Text;
using Tiny.Training.Data.Capture;
using static Tiny.Training.Tests.Data.Capture.DeviceLines;

namespace Tiny.Training.Tests.Data.Capture;

public class LineParserTests
{
    private static (LineParser Parser, List<CaptureSample> Samples) Parse(byte[] bytes, int pieces = int.MaxValue)
    {
        LineParser parser = new();
        List<CaptureSample> samples = [];
        foreach (byte[] piece in bytes.Chunk(pieces))
        {
            parser.Take(piece, samples.Add);
        }

        parser.Finish(samples.Add);
        return (parser, samples);
    }

    private static long Faults(LineParser parser) => Enum.GetValues<LineFault>().Sum(parser.CountOf);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\n\r")]
    [InlineData("\r\r\n")]
    public void Lines_end_in_line_feed_carriage_return_or_both_however_they_are_read(string end)
    {
        byte[] bytes = Encoding.UTF8.GetBytes((Header(50, "x g", "y g") + Samples(0, 5)).Replace("\n", end));
        for (int piece = 1; piece < 12; piece++)
        {
            (LineParser parser, List<CaptureSample> samples) = Parse(bytes, piece);
            Assert.Equal([0, 1, 2, 3, 4], samples.Select(sample => sample.Number));
            Assert.Equal((0, 50.0), (Faults(parser), parser.Header!.Rate));
        }
    }

    [Fact]
    public void A_last_line_without_an_end_counts_if_its_checksum_is_whole()
    {
        string text = Samples(0, 3).TrimEnd('\n');
        Assert.Equal(3, Parse(Encoding.UTF8.GetBytes(text)).Samples.Count);
        for (int cut = 1; cut < 10; cut++)
        {
            (LineParser parser, List<CaptureSample> samples) = Parse(Encoding.UTF8.GetBytes(text[..^cut]));
            Assert.Equal((2, 1), (samples.Count, parser.CountOf(LineFault.Partial)));
        }
    }

    [Theory]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("4294967295", -1)]
    public void Counters_are_taken_as_a_device_writes_them(string text, int value)
    {
        CaptureSample sample = Assert.Single(Parse(Encoding.UTF8.GetBytes(Closed($"${text},{text},1"))).Samples);
        Assert.Equal((value, value), (sample.Number, sample.Milliseconds));
    }

    [Theory]
    [InlineData("$4294967296,0,1")]
    [InlineData("$1.5,0,1")]
    [InlineData("$1, 0,1")]
    [InlineData("$1,0")]
    [InlineData("$1,0,")]
    [InlineData("$1,0,nan")]
    [InlineData("$1,0,1e39")]
    [InlineData("$1,0, 1")]
    [InlineData("#tiny 2 50 x:g")]
    [InlineData("#tiny 1 -50 x:g")]
    [InlineData("#tiny 1 50 x")]
    [InlineData("#tiny 1 50 :g")]
    [InlineData("#tiny 1 50 x:g,,y:g")]
    public void A_whole_checksum_does_not_make_a_sample(string line)
    {
        (LineParser parser, List<CaptureSample> samples) = Parse(Encoding.UTF8.GetBytes("\n" + Closed(line)));
        Assert.Empty(samples);
        Assert.Null(parser.Header);
        Assert.Equal(1, parser.CountOf(LineFault.Values));
    }

    [Fact]
    public void What_no_text_has_is_binary_to_the_last_cut_piece()
    {
        foreach (byte[] noise in new byte[][] { [0xFE, 0x80], [0, (byte)'$'], [.. Enumerable.Repeat((byte)0xF8, 5000)],
            [(byte)'#', (byte)'t', (byte)'i', (byte)'n', (byte)'y', (byte)' ', 0xFF] })
        {
            Assert.Equal(1, Parse(noise).Parser.CountOf(LineFault.Binary));
            Assert.Equal(1, Parse([.. noise, (byte)'\n']).Parser.CountOf(LineFault.Binary));
        }

        LineParser colors = Parse("\n\u001b[0;32mI (29) boot: ESP-IDF\u001b[0m\ncafé\n"u8.ToArray()).Parser;
        Assert.Equal((2, 0), (colors.CountOf(LineFault.Text), colors.CountOf(LineFault.Binary)));
        Assert.Equal("[0;32mI (29) boot: ESP-IDF[0m", colors.FirstText);
    }

    [Fact]
    public void A_line_too_long_is_one_fault_and_a_long_header_none()
    {
        string header = Closed("#tiny 1 "
            + $"50 {string.Join(',', Enumerable.Range(0, 16).Select(i => $"{new string((char)('a' + i), 50)}:m/s2"))}");
        (LineParser parser, List<CaptureSample> samples) =
            Parse(Encoding.UTF8.GetBytes($"\n{header}{new string('9', 10_000)}\n{Sample(1, 1, [.. Enumerable.Range(0, 16)])}"));
        Assert.Equal((16, 1, 1), (parser.Header!.Channels.Count, parser.CountOf(LineFault.TooLong), samples.Count));
    }

    [Fact]
    public void Headers_are_told_of_in_their_place()
    {
        List<string> told = [];
        LineParser parser = new() { OnHeader = header => told.Add(header.Describe()) };
        parser.Take(Encoding.UTF8.GetBytes(Header(50, "x g") + Sample(0, 0, 7) + Header(12.5f, "y", "z g") + Sample(0, 0, 7)
            + Sample(1, 1, 8, 9)), sample => told.Add(sample.Values[0]));
        Assert.Equal(["x (g) at 50 Hz", "7", "y, z (g) at 12.5 Hz", "8"], told);
        Assert.Equal(1, parser.CountOf(LineFault.Values));
    }
}
