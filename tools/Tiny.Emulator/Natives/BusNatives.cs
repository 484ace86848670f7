using Tiny.Emulator.Execution;
using Tiny.Emulator.Peripherals;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Device.I2c and System.Device.Spi: what a program says to its sensors.</summary>
internal static class BusNatives
{
    private const string I2c = "System.Device.I2c.";
    private const string Span = "System.SpanByte";
    private const string Spi = "System.Device.Spi.";
    private const int FullTransfer = 1;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[I2c + "I2cConnectionSettings..ctor(System.Int32,System.Int32)"] =
            (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = s[f + 2].I4;
        table[I2c + $"I2cConnectionSettings..ctor(System.Int32,System.Int32,{I2c}I2cBusSpeed)"] =
            (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = s[f + 2].I4;
        table[I2c + $"I2cDevice..ctor({I2c}I2cConnectionSettings)"] = (m, s, f, _) => Connect(m, (DeviceObject)s[f].Ref!, s[f + 1]);
        table[I2c + $"I2cDevice.Create({I2c}I2cConnectionSettings)"] = (m, s, f, _) =>
        {
            DeviceObject device = m.Heap.NewObject(m.TypeNamed(I2c + "I2cDevice"));
            Connect(m, device, s[f]);
            s[f].Ref = device;
        };
        table[I2c + $"I2cDevice.Write({Span})"] = (m, s, f, _) => Transfer(m, s, f, Bytes(s[f + 1]), default);
        table[I2c + $"I2cDevice.WriteRead({Span},{Span})"] = (m, s, f, _) => Transfer(m, s, f, Bytes(s[f + 1]), Bytes(s[f + 2]));

        table[I2c + $"I2cDevice.Read({Span})"] = (m, s, f, _) => Transfer(m, s, f, default, Bytes(s[f + 1]));
        table[I2c + "I2cDevice.WriteByte(System.Byte)"] = (m, s, f, _) => Transfer(m, s, f, [(byte)s[f + 1].I4], default);
        table[I2c + "I2cDevice.ReadByte()"] = (m, s, f, _) => Result(s, f, ReadByte((II2cPeripheral)((DeviceObject)s[f].Ref!).Native!));
        table[I2c + "I2cDevice.Dispose()"] = (_, _, _, _) => { };
        AddSpi(table);
    }

    private static void AddSpi(Dictionary<string, Native> table)
    {
        table[Spi + "SpiConnectionSettings..ctor(System.Int32,System.Int32)"] =
            (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = s[f + 2].I4;
        foreach (string setting in new[] { $"Mode({Spi}SpiMode)", "DataBitLength(System.Int32)", "ClockFrequency(System.Int32)" })
        {
            table[$"{Spi}SpiConnectionSettings.set_{setting}"] = (_, _, _, _) => { }; // every device takes every speed
        }

        table[Spi + $"SpiDevice..ctor({Spi}SpiConnectionSettings)"] = (m, s, f, _) => Select(m, (DeviceObject)s[f].Ref!, s[f + 1]);
        table[Spi + $"SpiDevice.Create({Spi}SpiConnectionSettings)"] = (m, s, f, _) =>
        {
            DeviceObject device = m.Heap.NewObject(m.TypeNamed(Spi + "SpiDevice"));
            Select(m, device, s[f]);
            s[f].Ref = device;
        };
        table[Spi + $"SpiDevice.Write({Span})"] = (_, s, f, _) => Of(s[f]).Write(Named(Bytes(s[f + 1])));
        table[Spi + "SpiDevice.WriteByte(System.Byte)"] = (_, s, f, _) => Of(s[f]).Write(Named([(byte)s[f + 1].I4]));
        table[Spi + $"SpiDevice.Read({Span})"] = (_, s, f, _) => Read(Of(s[f]), Bytes(s[f + 1]));
        table[Spi + "SpiDevice.ReadByte()"] = (_, s, f, _) => Result(s, f, ReadByte(Of(s[f])));
        table[Spi + $"SpiDevice.TransferFullDuplex({Span},{Span})"] = (_, s, f, _) => Exchange(Of(s[f]), Bytes(s[f + 1]), Bytes(s[f + 2]));
        table[Spi + "SpiDevice.Dispose()"] = (_, _, _, _) => { };
    }

    private static II2cPeripheral Of(in Slot device) => (II2cPeripheral)((DeviceObject)device.Ref!).Native!;

    /// <summary>
    /// The highest bit of the first byte, by which devices on this bus tell a read from a write, is no part of the register's number.
    /// </summary>
    private static byte[] Named(ReadOnlySpan<byte> bytes)
    {
        byte[] named = bytes.ToArray();
        if (named.Length > 0)
        {
            named[0] &= 0x7F;
        }

        return named;
    }

    /// <summary>
    /// The first byte names the register while nothing comes back yet; with the highest bit set the rest is read, else written.
    /// </summary>
    private static void Exchange(II2cPeripheral device, ReadOnlySpan<byte> written, Span<byte> read)
    {
        bool reads = written.Length > 0 && (written[0] & 0x80) != 0;
        device.Write(Named(reads ? written[..1] : written));
        if (read.Length > 1)
        {
            read[0] = 0;
            Read(device, read[1..]);
        }
    }

    private static void Read(II2cPeripheral device, Span<byte> bytes)
    {
        if (!device.Read(bytes))
        {
            throw new ProgramEnd();
        }
    }

    private static int ReadByte(II2cPeripheral device)
    {
        byte[] one = new byte[1];
        Read(device, one);
        return one[0];
    }

    private static void Select(Machine machine, DeviceObject device, Slot settings)
    {
        int pin = (int)((DeviceObject)settings.Ref!).Native!;
        device.Native = Clocked(machine, machine.Peripherals.Spi.GetValueOrDefault(pin)
            ?? throw new EmulatorException(
            "The program looks for an SPI device at chip "
                + $"select {pin}, but nothing is there. Give it registers with --spi {pin}=FILE.csv:REGISTERS.json."));
    }

    private static II2cPeripheral Clocked(Machine machine, II2cPeripheral peripheral)
    {
        if (peripheral is RegisterDevice device)
        {
            device.Clock = () => machine.Milliseconds;
        }

        return peripheral;
    }

    private static void Connect(Machine machine, DeviceObject device, Slot settings)
    {
        int address = (int)((DeviceObject)settings.Ref!).Native!;
        device.Native = Clocked(machine, machine.Peripherals.I2c.GetValueOrDefault(address)
            ?? throw new EmulatorException(
                $"The program looks for an I2C device at 0x{address:X2}, but nothing is there. Give it a recording with --i2c "
                    + $"0x{address:X2}=FILE.csv:REGISTERS.json, or with --accelerometer."));
    }

    private static void Transfer(Machine machine, Slot[] stack, int frame, ReadOnlySpan<byte> written, Span<byte> read)
    {
        II2cPeripheral device = (II2cPeripheral)((DeviceObject)stack[frame].Ref!).Native!;
        if (!written.IsEmpty)
        {
            device.Write(written);
        }

        if (!read.IsEmpty && !device.Read(read))
        {
            throw new ProgramEnd();
        }

        DeviceObject result = machine.NewStruct(machine.TypeNamed(I2c + "I2cTransferResult"));
        result.Fields[0].I4 = written.Length + read.Length;
        result.Fields[1].I4 = FullTransfer;
        stack[frame].Ref = result;
    }

    private static Span<byte> Bytes(Slot span)
    {
        DeviceObject fields = (DeviceObject)span.Ref!;
        return ((byte[]?)fields.Fields[0].Ref).AsSpan(fields.Fields[1].I4, fields.Fields[2].I4);
    }
}
