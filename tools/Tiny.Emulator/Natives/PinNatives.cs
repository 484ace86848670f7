using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Device.Gpio: pins opened by their number, written and read.</summary>
internal static class PinNatives
{
    private const string Gpio = "System.Device.Gpio.";
    private const string Value = Gpio + "PinValue";
    private const int InputPullUp = 2;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[Gpio + "GpioController..ctor()"] = (_, _, _, _) => { };
        table[Gpio + "GpioController.OpenPin(System.Int32)"] = (m, s, f, _) => Open(m, s, f, 0);
        table[Gpio + $"GpioController.OpenPin(System.Int32,{Gpio}PinMode)"] = (m, s, f, _) => Open(m, s, f, s[f + 2].I4);
        table[Gpio + "GpioPin.get_PinNumber()"] = (_, s, f, _) => Result(s, f, Of(s[f]).Number);
        table[Gpio + $"GpioPin.Write({Value})"] = (m, s, f, _) => m.Peripherals.Pins.Write(Of(s[f]).Number, IsHigh(s[f + 1]), m.Milliseconds);
        table[Gpio + "GpioPin.Read()"] = (m, s, f, _) => Return(m, s, f, m.Peripherals.Pins.Read(Of(s[f]).Number, Of(s[f]).Mode == InputPullUp, m.Milliseconds));
        table[Value + ".get_High()"] = (m, s, f, _) => Return(m, s, f, true);
        table[Value + ".get_Low()"] = (m, s, f, _) => Return(m, s, f, false);
        table[Value + ".op_Implicit(System.Boolean)"] = (m, s, f, _) => Return(m, s, f, s[f].I4 != 0);
        table[Value + ".op_Implicit(System.Int32)"] = (m, s, f, _) => Return(m, s, f, s[f].I4 != 0);
        // Conversions to byte, int and bool differ in what they give alone, which a key does not tell; all give 0 or 1.
        table[Value + $".op_Explicit({Value})"] = (_, s, f, _) => Result(s, f, IsHigh(s[f]));

        table[Value + $".op_Equality({Value},{Value})"] = (_, s, f, _) => Result(s, f, IsHigh(s[f]) == IsHigh(s[f + 1]));
        table[Value + $".op_Inequality({Value},{Value})"] = (_, s, f, _) => Result(s, f, IsHigh(s[f]) != IsHigh(s[f + 1]));
    }

    private static void Open(Machine machine, Slot[] stack, int frame, int mode)
    {
        DeviceObject pin = machine.Heap.NewObject(machine.TypeNamed(Gpio + "GpioPin"));
        pin.Native = (stack[frame + 1].I4, mode);
        stack[frame].Ref = pin;
    }

    private static (int Number, int Mode) Of(Slot pin) => ((int, int))((DeviceObject)pin.Ref!).Native!;

    private static bool IsHigh(Slot value) => ((DeviceObject)value.Ref!).Fields[0].I4 != 0;

    private static void Return(Machine machine, Slot[] stack, int frame, bool high)
    {
        DeviceObject value = machine.NewStruct(machine.TypeNamed(Value));
        value.Fields[0].I4 = high ? 1 : 0;
        stack[frame].Ref = value;
    }
}
