using System.Text;
using Tiny.Emulator.Execution;
using Tiny.Emulator.Peripherals;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.IO.Ports: serial ports by their names.</summary>
internal static class SerialNatives
{
    private const string Port = "System.IO.Ports.SerialPort.";

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[Port + ".ctor(System.String,System.Int32,System.IO.Ports.Parity,System.Int32,System.IO.Ports.StopBits)"] =
            (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = Text(s[f + 1]);
        table[Port + "get_PortName()"] = (m, s, f, _) => Result(s, f, m.Heap.NewString(((DeviceObject)s[f].Ref!).Native as string ?? ""));
        table[Port + "Open()"] = (m, s, f, _) => Of(m, s[f]);
        table[Port + "Close()"] = (m, s, f, _) => Of(m, s[f]).Sent.Flush();
        table[Port + "Dispose()"] = (m, s, f, _) => Of(m, s[f]).Sent.Flush();
        table[Port + "Write(System.Byte[],System.Int32,System.Int32)"] =
            (m, s, f, _) => Of(m, s[f]).Sent.Write((byte[])s[f + 1].Ref!, s[f + 2].I4, s[f + 3].I4);
        table[Port + "Write(System.String)"] = (m, s, f, _) => Of(m, s[f]).Sent.Write(Encoding.UTF8.GetBytes(Text(s[f + 1])));
        table[Port + "WriteLine(System.String)"] = (m, s, f, _) => Of(m, s[f]).Sent.Write(Encoding.UTF8.GetBytes(Text(s[f + 1]) + "\r\n"));
        table[Port + "get_BytesToRead()"] = (m, s, f, _) => Result(s, f, Of(m, s[f]).Waiting(m.Milliseconds));
        table[Port + "Read(System.Byte[],System.Int32,System.Int32)"] = (m, s, f, _) =>
            Result(s, f, Of(m, s[f]).Read(((byte[])s[f + 1].Ref!).AsSpan(s[f + 2].I4, s[f + 3].I4), m.Milliseconds));
    }

    private static EmulatedSerialPort Of(Machine machine, in Slot port)
    {
        string name = ((DeviceObject)port.Ref!).Native as string ?? "";
        BoardPeripherals peripherals = machine.Peripherals;
        if (!peripherals.SerialPorts.TryGetValue(name, out EmulatedSerialPort? found))
        {
            found = new EmulatedSerialPort(peripherals.Serial
                ?? throw new EmulatorException(
                $"The program opens the serial port {name}, but the board was given none. Name a file for it with --serial."));
            peripherals.SerialPorts[name] = found;
        }

        return found;
    }
}
