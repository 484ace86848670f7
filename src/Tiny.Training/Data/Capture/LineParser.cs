using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Tiny.Training.Data.Capture;

/// <summary>
/// Takes a device's bytes as they come and gives the samples in them; the lines are those of <see cref="Tiny.Features.SampleLine"/>, ended
/// by a line feed, a carriage return or both. What is no sample is counted by what is wrong with it, and the next line is as good as ever.
/// </summary>
/// <param name="channels">How many values a sample has; null to learn it from the device's header, or from the first good sample.</param>
/// <seealso cref="CaptureRecorder"/>
public sealed class LineParser(int? channels = null)
{
    private const int LongestSample = 512;
    private const int LongestHeader = 2048; // a blob's description of a signal takes 1,020 bytes at most
    private const int LongestExcerpt = 60;
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Tabs are text, and so is the escape that begins the colors of a log.
    private static readonly SearchValues<byte> NoText =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Except([0x09, 0x1B]).Select(value => (byte)value)]);

    private readonly byte[] line = new byte[LongestHeader];
    private readonly long[] faults = new long[Enum.GetValues<LineFault>().Length];
    private int length;
    private bool tooLong;
    private bool mayBePartial = true;
    private int? expected = channels;

    /// <summary>Told of each good header, before the samples that follow it.</summary>
    public Action<CaptureHeader>? OnHeader { get; init; }

    /// <summary>What the device said last of its samples; null if it has not yet.</summary>
    public CaptureHeader? Header { get; private set; }

    /// <summary>Lines that were good samples.</summary>
    public long Samples { get; private set; }

    /// <summary>The beginning of the first line that was text but no sample; "" while there is none.</summary>
    public string FirstText { get; private set; } = "";

    /// <summary>Lines with a fault.</summary>
    public long CountOf(LineFault fault) => faults[(int)fault];

    /// <summary>Takes bytes; calls back for each sample that they complete.</summary>
    /// <param name="bytes">The bytes as they come, cut anywhere.</param>
    /// <param name="onSample">Called for each sample.</param>
    public void Take(ReadOnlySpan<byte> bytes, Action<CaptureSample> onSample)
    {
        foreach (byte value in bytes)
        {
            if (value is (byte)'\n' or (byte)'\r')
            {
                EndLine(onSample);
            }
            else if (length == LongestHeader)
            {
                tooLong = true;
            }
            else
            {
                line[length++] = value;
            }
        }
    }

    /// <summary>No more will come: what stands there without an end is a sample if its checksum is whole, else a partial line.</summary>
    public void Finish(Action<CaptureSample> onSample)
    {
        mayBePartial = true;
        EndLine(onSample);
    }

    private void EndLine(Action<CaptureSample> onSample)
    {
        ReadOnlySpan<byte> text = line.AsSpan(0, length);
        bool isPartial = mayBePartial;
        bool isTooLong = tooLong || (length > LongestSample && !IsHeader(text));
        mayBePartial = false;
        tooLong = false;
        length = 0;
        if (text.Length == 0)
        {
            return;
        }

        LineFault? fault = null;
        if (isTooLong)
        {
            fault = IsText(text) ? LineFault.TooLong : LineFault.Binary;
        }
        else if (Parse(text, out fault) is CaptureSample sample)
        {
            Samples++;
            onSample(sample);
        }

        if (fault is LineFault found)
        {
            // A device that was sending already is met in the middle of a line, and left in the middle of one.
            faults[(int)(isPartial && found != LineFault.Binary ? LineFault.Partial : found)]++;
            NoteText(text);
        }
    }

    private static bool IsHeader(ReadOnlySpan<byte> bytes) => bytes.StartsWith("#tiny "u8);

    private static bool IsText(ReadOnlySpan<byte> bytes) => !bytes.ContainsAny(NoText) && Utf8.IsValid(bytes);

    private void NoteText(ReadOnlySpan<byte> bytes)
    {
        if (FirstText.Length == 0 && IsText(bytes))
        {
            string text = Encoding.UTF8.GetString(bytes);
            FirstText = string.Concat(text.Where(character => !char.IsControl(character)).Take(LongestExcerpt));
        }
    }

    private CaptureSample? Parse(ReadOnlySpan<byte> bytes, out LineFault? fault)
    {
        bool isHeader = IsHeader(bytes);
        fault = !IsText(bytes) ? LineFault.Binary : isHeader || bytes[0] == (byte)'$' ? null : LineFault.Text;
        if (fault is not null)
        {
            return null;
        }

        int star = bytes.LastIndexOf((byte)'*');
        if (star != bytes.Length - 3
            || !int.TryParse(Encoding.ASCII.GetString(bytes[(star + 1)..]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out int check)
            || check != Check(bytes[1..star]))
        {
            fault = LineFault.Checksum;
            return null;
        }

        if (isHeader)
        {
            fault = ReadHeader(Encoding.UTF8.GetString(bytes[1..star])) ? null : LineFault.Values;
            return null;
        }

        CaptureSample? sample = ReadSample(Encoding.UTF8.GetString(bytes[1..star]));
        fault = sample is null ? LineFault.Values : null;
        return sample;
    }

    private static int Check(ReadOnlySpan<byte> bytes)
    {
        int check = 0;
        foreach (byte value in bytes)
        {
            check ^= value;
        }

        return check;
    }

    private bool ReadHeader(string text)
    {
        string[] parts = text.Split(' ', 4);
        if (parts.Length != 4 || parts[1] != "1" || text.Any(char.IsControl)
            || !double.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate)
            || !double.IsFinite(rate))
        {
            return false;
        }

        string[][] named = [.. parts[3].Split(',').Select(channel => channel.Split(':', 2))];
        if (named.Any(channel => channel.Length != 2 || channel[0].Length == 0))
        {
            return false;
        }

        Header = new CaptureHeader(rate, [.. named.Select(channel => channel[0])], [.. named.Select(channel => channel[1])]);
        expected = named.Length;
        OnHeader?.Invoke(Header);
        return true;
    }

    private CaptureSample? ReadSample(string text)
    {
        string[] parts = text.Split(',');
        if (parts.Length < 3 || (expected ?? parts.Length - 2) != parts.Length - 2
            || Counter(parts[0]) is not int number || Counter(parts[1]) is not int milliseconds
            || !parts.Skip(2).All(value => float.TryParse(value, Number, CultureInfo.InvariantCulture, out float parsed)
            && float.IsFinite(parsed)))
        {
            return null;
        }

        expected = parts.Length - 2;
        return new CaptureSample(number, milliseconds, parts[2..]);
    }

    /// <summary>A device's counter: an int, or an unsigned one with the same bits.</summary>
    private static int? Counter(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
        && value is >= int.MinValue and <= uint.MaxValue ? unchecked((int)value) : null;
}
