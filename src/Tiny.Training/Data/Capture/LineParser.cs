using System.Globalization;
using System.Text;

namespace Tiny.Training.Data.Capture;

/// <summary>
/// Takes a device's bytes as they come and gives the samples in them; the lines are those of <see cref="Tiny.Features.SampleLine"/>. What is no sample is counted by what is
/// wrong with it, and the next line is as good as ever.
/// </summary>
/// <param name="channels">How many values a sample has; null to learn it from the device's header, or from the first good sample.</param>
public sealed class LineParser(int? channels = null)
{
    private const int Longest = 512;

    private readonly byte[] line = new byte[Longest];
    private readonly long[] faults = new long[Enum.GetValues<LineFault>().Length];
    private int length;
    private bool tooLong;
    private bool first = true;
    private int? expected = channels;

    /// <summary>What the device said of its samples; null if it has not yet.</summary>
    public CaptureHeader? Header { get; private set; }

    /// <summary>Lines that were good samples.</summary>
    public long Samples { get; private set; }

    /// <summary>Lines with a fault.</summary>
    public long CountOf(LineFault fault) => faults[(int)fault];

    /// <summary>Takes bytes; calls back for each sample that they complete.</summary>
    public void Take(ReadOnlySpan<byte> bytes, Action<CaptureSample> onSample)
    {
        foreach (byte value in bytes)
        {
            if (value == (byte)'\n')
            {
                EndLine(onSample);
            }
            else if (length == Longest)
            {
                tooLong = true;
            }
            else
            {
                line[length++] = value;
            }
        }
    }

    /// <summary>No more will come: what stands there without an end is a partial line.</summary>
    public void Finish()
    {
        if (length > 0)
        {
            faults[(int)LineFault.Partial]++;
            length = 0;
        }
    }

    private void EndLine(Action<CaptureSample> onSample)
    {
        ReadOnlySpan<byte> text = line.AsSpan(0, length).TrimEnd((byte)'\r');
        bool wasFirst = first;
        first = false;
        LineFault? fault = null;
        if (tooLong)
        {
            fault = LineFault.TooLong;
        }
        else if (text.Length > 0 && Parse(text, out fault) is CaptureSample sample)
        {
            Samples++;
            onSample(sample);
        }

        if (fault is LineFault found)
        {
            // A device that was sending already is met in the middle of a line.
            faults[(int)(wasFirst && found != LineFault.Binary ? LineFault.Partial : found)]++;
        }

        length = 0;
        tooLong = false;
    }

    private CaptureSample? Parse(ReadOnlySpan<byte> bytes, out LineFault? fault)
    {
        bool isHeader = bytes.StartsWith("#tiny "u8);
        fault = !isHeader && bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? LineFault.Binary : isHeader || bytes[0] == (byte)'$' ? null : LineFault.Text;
        if (fault is not null)
        {
            return null;
        }

        int star = bytes.LastIndexOf((byte)'*');
        if (star != bytes.Length - 3
            || !int.TryParse(Encoding.ASCII.GetString(bytes[(star + 1)..]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int check)
            || check != Check(bytes[1..star]))
        {
            fault = LineFault.Checksum;
            return null;
        }

        string text = Encoding.UTF8.GetString(bytes[1..star]);
        CaptureSample? sample = null;
        if (isHeader)
        {
            fault = ReadHeader(text) ? null : LineFault.Values;
        }
        else
        {
            sample = ReadSample(text);
            fault = sample is null ? LineFault.Values : null;
        }

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
        if (parts.Length != 4 || parts[1] != "1" || !double.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate))
        {
            return false;
        }

        string[][] named = [.. parts[3].Split(',').Select(channel => channel.Split(':', 2))];
        if (named.Any(channel => channel.Length != 2 || channel[0].Length == 0) || (expected ?? named.Length) != named.Length)
        {
            return false;
        }

        Header = new CaptureHeader(rate, [.. named.Select(channel => channel[0])], [.. named.Select(channel => channel[1])]);
        expected = named.Length;
        return true;
    }

    private CaptureSample? ReadSample(string text)
    {
        string[] parts = text.Split(',');
        if (parts.Length < 3 || (expected ?? parts.Length - 2) != parts.Length - 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds)
            || !parts.Skip(2).All(value => CsvSource.TryParse(value, out float parsed) && float.IsFinite(parsed)))
        {
            return null;
        }

        expected = parts.Length - 2;
        return new CaptureSample(number, milliseconds, parts[2..]);
    }
}
