using System.Text;
using Tiny.Features;

namespace Tiny.Training.Tests.Data.Capture;

/// <summary>What a device sends, by the device's own class.</summary>
internal static class DeviceLines
{
    internal static string Header(float rate, params string[] channels)
    {
        Signal signal = new(rate);
        foreach (string channel in channels)
        {
            string[] parts = channel.Split(' ');
            signal.Add(parts[0], parts.Length > 1 ? parts[1] : "");
        }

        return Encoding.UTF8.GetString(SampleLine.Header(signal));
    }

    internal static string Sample(int number, int milliseconds, params int[] values)
    {
        SampleLine line = new(values.Length);
        line.Begin(number, milliseconds);
        foreach (int value in values)
        {
            line.Add(value);
        }

        line.End();
        return Encoding.UTF8.GetString(line.Buffer, 0, line.Length);
    }

    /// <summary>Samples of two channels at 50 Hz: the number and its negative.</summary>
    internal static string Samples(int from, int count, int startOfClock = 0) =>
        string.Concat(Enumerable.Range(from, count).Select(i => Sample(i, unchecked(startOfClock + 20 * i), i, -i)));

    /// <summary>A line with a checksum.</summary>
    internal static string Closed(string text) =>
        $"{text}*{Encoding.UTF8.GetBytes(text)[1..].Aggregate(0, (check, value) => check ^ value):X2}\n";
}
