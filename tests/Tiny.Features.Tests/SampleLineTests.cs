using System.Text;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Training.Data.Capture;

namespace Tiny.Features.Tests;

/// <summary>What the device writes, the desktop reads.</summary>
public class SampleLineTests
{
    [Fact]
    public void A_line_is_read_as_it_was_written()
    {
        SampleLine line = new(4);
        LineParser parser = new();
        int[] values = [0, 1, -1, 10, 99, -100, int.MaxValue, int.MinValue];
        List<CaptureSample> read = [];
        for (int i = 0; i + 3 < values.Length; i++)
        {
            line.Begin(i == 0 ? int.MaxValue : i, 1000 * i);
            foreach (int value in values.AsSpan(i, 4))
            {
                line.Add(value);
            }

            line.End();
            parser.Take(line.Buffer.AsSpan(0, line.Length), read.Add);
        }

        Assert.Equal(5, parser.Samples);
        Assert.Equal((int.MaxValue, 0), (read[0].Number, read[0].Milliseconds));
        Assert.Equal(["99", "-100", "2147483647", "-2147483648"], read[^1].Values);
        Assert.Throws<InvalidOperationException>(() => line.Add(1));
        line.Begin(1, 1);
        Assert.Throws<InvalidOperationException>(line.End);
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        SampleLine line = new(2);
        line.Begin(12, 240);
        line.Add(-776);
        line.Add(1536);
        line.End();
        byte[] good = line.Buffer[..line.Length];
        Assert.StartsWith("$12,240,-776,1536*", Encoding.ASCII.GetString(good));
        for (int at = 0; at < good.Length - 1; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] bytes = [.. good];
                bytes[at] = (byte)value;
                LineParser parser = new(2);
                parser.Take([(byte)'\n', .. bytes], _ => { });

                // Small hexadecimal letters say the same.
                bool same = value == good[at] || (at >= good.Length - 3 && char.ToUpperInvariant((char)value) == good[at]);
                Assert.True(parser.Samples == (same ? 1 : 0), $"byte {at} is {value}");
            }
        }
    }

    [Fact]
    public void The_header_names_channels_units_and_rate()
    {
        LineParser parser = new();
        parser.Take(SampleLine.Header(new Signal(62.5f).Add("x", "g").Add("é", "")), _ => { });
        Assert.Equal(62.5, parser.Header!.Rate);
        Assert.Equal(["x", "é"], parser.Header.Channels);
        Assert.Equal(["g", ""], parser.Header.Units);
    }

    [Fact]
    public void A_header_that_would_be_read_otherwise_is_not_written()
    {
        foreach ((string name, string unit) in new[] { ("a,b", ""), ("a:b", ""), ("", "g"), ("a\n", "g"), ("a", "m,s"), ("a", "g\r") })
        {
            Assert.Throws<ArgumentException>(() => SampleLine.Header(new Signal(50).Add(name, unit)));
        }

        LineParser parser = new();
        parser.Take(SampleLine.Header(new Signal(50).Add("left x", "1:2")), _ => { });
        Assert.Equal(("left x", "1:2"), (parser.Header!.Channels[0], parser.Header.Units[0]));
    }

    [Fact]
    public void The_device_writes_the_same_bytes_and_allocates_nothing()
    {
        Machine machine = new(BoardProfile.Load("esp32"), DeviceProgram.Load(DeviceProgram.WholePath), TextWriter.Null);
        const string type = "Tiny.Features.SampleLine";
        object device = machine.Invoke(type, ".ctor", 3)!;
        machine.Keep(device);
        SampleLine desktop = new(3);
        long allocated = machine.Allocated;
        foreach (int value in new[] { 0, -5, 12345, int.MinValue, int.MaxValue })
        {
            desktop.Begin(value & 0xFFFF, value & 0xFFFFF);
            machine.Invoke(type, "Begin", device, value & 0xFFFF, value & 0xFFFFF);
            for (int i = 0; i < 3; i++)
            {
                desktop.Add(value / (1 + i));
                machine.Invoke(type, "Add", device, value / (1 + i));
            }

            desktop.End();
            machine.Invoke(type, "End", device);
            byte[] bytes = (byte[])machine.Invoke(type, "get_Buffer", device)!;
            Assert.Equal(desktop.Buffer[..desktop.Length], bytes[..(int)machine.Invoke(type, "get_Length", device)!]);
        }

        Assert.Equal(allocated, machine.Allocated);
    }
}
