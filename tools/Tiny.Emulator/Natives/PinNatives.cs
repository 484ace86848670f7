using Tiny.Emulator.Execution;
using Tiny.Emulator.Peripherals;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Device.Gpio: pins opened by their number, written, read and watched.</summary>
internal static class PinNatives
{
    private const string Gpio = "System.Device.Gpio.";
    private const string Value = Gpio + "PinValue";
    private const string Changed = Gpio + "PinValueChangedEventArgs";
    private const int InputPullUp = 2;
    private const int Rising = 1;
    private const int Falling = 2;

    /// <summary>An open pin.</summary>
    private sealed class Pin(int number, int mode)
    {
        internal int Number { get; } = number;

        internal int Mode { get; set; } = mode;
    }

    internal static void AddTo(Dictionary<string, Native> table)
    {
        AddController(table);
        AddPin(table);
        table[Value + ".get_High()"] = (m, s, f, _) => Return(m, s, f, true);
        table[Value + ".get_Low()"] = (m, s, f, _) => Return(m, s, f, false);
        table[Value + ".op_Implicit(System.Boolean)"] = (m, s, f, _) => Return(m, s, f, s[f].I4 != 0);
        table[Value + ".op_Implicit(System.Int32)"] = (m, s, f, _) => Return(m, s, f, s[f].I4 != 0);
        table[Value + ".ToString()"] = (m, s, f, _) => Result(s, f, m.Heap.NewString(IsHigh(Results.Value(s[f])) ? "High" : "Low"));

        // Conversions to byte, int and bool differ in what they give alone, which a key does not tell; all give 0 or 1.
        table[Value + $".op_Explicit({Value})"] = (_, s, f, _) => Result(s, f, IsHigh(s[f]));

        table[Value + $".op_Equality({Value},{Value})"] = (_, s, f, _) => Result(s, f, IsHigh(s[f]) == IsHigh(s[f + 1]));
        table[Value + $".op_Inequality({Value},{Value})"] = (_, s, f, _) => Result(s, f, IsHigh(s[f]) != IsHigh(s[f + 1]));
        table[Changed + $"..ctor({Gpio}PinEventTypes,System.Int32)"] =
            (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = (s[f + 1].I4, s[f + 2].I4);
        table[Changed + ".get_ChangeType()"] = (_, s, f, _) => Result(s, f, (((int Change, int))((DeviceObject)s[f].Ref!).Native!).Change);
        table[Changed + ".get_PinNumber()"] = (_, s, f, _) => Result(s, f, (((int, int Number))((DeviceObject)s[f].Ref!).Native!).Number);
    }

    private static void AddController(Dictionary<string, Native> table)
    {
        const string controller = Gpio + "GpioController.";
        table[controller + ".ctor()"] = (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = new Dictionary<int, DeviceObject>();
        table[controller + "OpenPin(System.Int32)"] = (m, s, f, _) => Open(m, s, f, 0);
        table[controller + $"OpenPin(System.Int32,{Gpio}PinMode)"] = (m, s, f, _) => Open(m, s, f, s[f + 2].I4);
        table[controller + "IsPinOpen(System.Int32)"] = (_, s, f, _) => Result(s, f, PinsOf(s[f]).ContainsKey(s[f + 1].I4));
        table[controller + "ClosePin(System.Int32)"] = (_, s, f, _) => PinsOf(s[f]).Remove(s[f + 1].I4);
        table[controller + "Dispose()"] = (_, _, _, _) => { };
        table[controller + "Read(System.Int32)"] = (m, s, f, _) => Return(m, s, f, Read(m, Opened(s[f], s[f + 1].I4)));
        table[controller + $"Write(System.Int32,{Value})"] =
            (m, s, f, _) => m.Pins.Write(Opened(s[f], s[f + 1].I4).Number, IsHigh(s[f + 2]), m.Milliseconds);
        table[controller + $"RegisterCallbackForPinValueChangedEvent(System.Int32,{Gpio}PinEventTypes,{Gpio}PinChangeEventHandler)"] =
            (m, s, f, _) =>
        {
            Opened(s[f], s[f + 1].I4);
            Watch(m, PinsOf(s[f])[s[f + 1].I4], (DeviceDelegate)s[f + 3].Ref!, s[f + 2].I4);
        };
        table[controller + $"UnregisterCallbackForPinValueChangedEvent(System.Int32,{Gpio}PinChangeEventHandler)"] =
            (m, s, f, _) => Unwatch(m, s[f + 1].I4, (DeviceDelegate)s[f + 2].Ref!);
    }

    private static void AddPin(Dictionary<string, Native> table)
    {
        const string pin = Gpio + "GpioPin.";
        table[pin + "get_PinNumber()"] = (_, s, f, _) => Result(s, f, Of(s[f]).Number);
        table[pin + "GetPinMode()"] = (_, s, f, _) => Result(s, f, Of(s[f]).Mode);
        table[pin + $"SetPinMode({Gpio}PinMode)"] = (_, s, f, _) => Of(s[f]).Mode = s[f + 1].I4;
        table[pin + $"Write({Value})"] = (m, s, f, _) => m.Pins.Write(Of(s[f]).Number, IsHigh(s[f + 1]), m.Milliseconds);
        table[pin + "Read()"] = (m, s, f, _) => Return(m, s, f, Read(m, Of(s[f])));
        table[pin + "Toggle()"] = (m, s, f, _) => m.Pins.Write(Of(s[f]).Number, !Read(m, Of(s[f])), m.Milliseconds);
        table[pin + "Dispose()"] = (_, _, _, _) => { };
        table[pin + "set_DebounceTimeout(System.TimeSpan)"] = (_, _, _, _) => { }; // the edges laid down do not bounce
        table[pin + $"add_ValueChanged({Gpio}PinValueChangedEventHandler)"] =
            (m, s, f, _) => Watch(m, (DeviceObject)s[f].Ref!, (DeviceDelegate)s[f + 1].Ref!, Rising | Falling);
        table[pin + $"remove_ValueChanged({Gpio}PinValueChangedEventHandler)"] =
            (m, s, f, _) => Unwatch(m, Of(s[f]).Number, (DeviceDelegate)s[f + 1].Ref!);
    }

    /// <summary>Each edge calls the program on a thread of its own, as the firmware's dispatcher does.</summary>
    private static void Watch(Machine machine, DeviceObject pin, DeviceDelegate handler, int changes)
    {
        int number = Of(new Slot { Ref = pin }).Number;
        machine.Keep(handler);
        machine.Keep(pin);
        machine.Pins.Add(new EmulatedPins.Watch(number, handler.Method!, rising =>
        {
            if ((changes & (rising ? Rising : Falling)) != 0)
            {
                DeviceObject change = machine.Heap.NewObject(machine.TypeNamed(Changed));
                change.Native = (rising ? Rising : Falling, number);
                machine.Scheduler.Start(machine.NewThread(handler, [pin, change]));
            }
        }), machine.Ticks);
    }

    private static void Unwatch(Machine machine, int number, DeviceDelegate handler)
    {
        machine.Pins.Remove(number, handler.Method!);
        machine.Release(handler);
    }

    private static bool Read(Machine machine, Pin pin) => machine.Pins.Read(pin.Number, pin.Mode == InputPullUp, machine.Milliseconds);

    private static void Open(Machine machine, Slot[] stack, int frame, int mode)
    {
        DeviceObject pin = machine.Heap.NewObject(machine.TypeNamed(Gpio + "GpioPin"));
        pin.Native = new Pin(stack[frame + 1].I4, mode);
        PinsOf(stack[frame])[stack[frame + 1].I4] = pin;
        stack[frame].Ref = pin;
    }

    private static Dictionary<int, DeviceObject> PinsOf(in Slot controller) =>
        (Dictionary<int, DeviceObject>)((DeviceObject)controller.Ref!).Native!;

    private static Pin Opened(in Slot controller, int number) =>
        PinsOf(controller).TryGetValue(number, out DeviceObject? pin) ? (Pin)pin.Native! : throw new InvalidOperationException();

    private static Pin Of(in Slot pin) => (Pin)((DeviceObject)pin.Ref!).Native!;

    private static bool IsHigh(in Slot value) => ((DeviceObject)value.Ref!).Fields[0].I4 != 0;

    private static void Return(Machine machine, Slot[] stack, int frame, bool high)
    {
        DeviceObject value = machine.NewStruct(machine.TypeNamed(Value));
        value.Fields[0].I4 = high ? 1 : 0;
        stack[frame].Ref = value;
    }
}
