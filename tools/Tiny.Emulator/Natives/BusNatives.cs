using Tiny.Emulator.Execution;
using Tiny.Emulator.Peripherals;

namespace Tiny.Emulator.Natives;

/// <summary>System.Device.I2c and System.IO.Ports: what a program says to its sensors and over its serial port.</summary>
internal static class BusNatives
{
    private const string I2c = "System.Device.I2c.";
    private const string Span = "System.SpanByte";
    private const string Port = "System.IO.Ports.SerialPort.";
    private const int FullTransfer = 1;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[I2c + "I2cConnectionSettings..ctor(System.Int32,System.Int32)"] = (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = s[f + 2].I4;
        table[I2c + $"I2cConnectionSettings..ctor(System.Int32,System.Int32,{I2c}I2cBusSpeed)"] = (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = s[f + 2].I4;
        table[I2c + $"I2cDevice..ctor({I2c}I2cConnectionSettings)"] = (m, s, f, _) => Connect(m, (DeviceObject)s[f].Ref!, s[f + 1]);
        table[I2c + $"I2cDevice.Create({I2c}I2cConnectionSettings)"] = (m, s, f, _) =>
        {
            DeviceObject device = m.Heap.NewObject(m.TypeNamed(I2c + "I2cDevice"));
            Connect(m, device, s[f]);
            s[f].Ref = device;
        };
        table[I2c + $"I2cDevice.Write({Span})"] = (m, s, f, _) => Transfer(m, s, f, Bytes(s[f + 1]), default);
        table[I2c + $"I2cDevice.WriteRead({Span},{Span})"] = (m, s, f, _) => Transfer(m, s, f, Bytes(s[f + 1]), Bytes(s[f + 2]));

        table[Port + ".ctor(System.String,System.Int32,System.IO.Ports.Parity,System.Int32,System.IO.Ports.StopBits)"] = (_, _, _, _) => { };
        table[Port + "Open()"] = (m, _, _, _) => Serial(m);
        table[Port + "Close()"] = (m, _, _, _) => Serial(m).Flush();
        table[Port + "Write(System.Byte[],System.Int32,System.Int32)"] = (m, s, f, _) => Serial(m).Write((byte[])s[f + 1].Ref!, s[f + 2].I4, s[f + 3].I4);
    }

    private static Stream Serial(Machine machine) =>
        machine.Peripherals.Serial ?? throw new EmulatorException("The program opens a serial port, but the board was given none. Name a file for it with --serial.");

    private static void Connect(Machine machine, DeviceObject device, Slot settings)
    {
        int address = (int)((DeviceObject)settings.Ref!).Native!;
        device.Native = machine.Peripherals.I2c.GetValueOrDefault(address)
            ?? throw new EmulatorException($"The program looks for an I2C device at 0x{address:X2}, but nothing is there. Give it a recording to play with --accelerometer.");
    }

    private static void Transfer(Machine machine, Slot[] stack, int frame, ReadOnlySpan<byte> written, Span<byte> read)
    {
        II2cPeripheral device = (II2cPeripheral)((DeviceObject)stack[frame].Ref!).Native!;
        device.Write(written);
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
