using Tiny.Emulator.Execution;
using Tiny.Emulator.Peripherals;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Device.Adc: a converter of 12 bits whose channels play recordings.</summary>
internal static class AnalogNatives
{
    private const string Adc = "System.Device.Adc.";
    private const int Bits = 12;
    private const int Most = (1 << Bits) - 1;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[Adc + "AdcController..ctor()"] = (_, _, _, _) => { };
        table[Adc + "AdcController.get_ChannelCount()"] =
            (m, s, f, _) => Result(s, f, m.Peripherals.Adc.Count == 0 ? 0 : m.Peripherals.Adc.Keys.Max() + 1);
        table[Adc + "AdcController.get_MaxValue()"] = (_, s, f, _) => Result(s, f, Most);
        table[Adc + "AdcController.get_MinValue()"] = (_, s, f, _) => Result(s, f, 0);
        table[Adc + "AdcController.get_ResolutionInBits()"] = (_, s, f, _) => Result(s, f, Bits);
        table[Adc + "AdcController.get_ChannelMode()"] = (_, s, f, _) => Result(s, f, 0);
        table[Adc + $"AdcController.set_ChannelMode({Adc}AdcChannelMode)"] = (_, s, f, _) => Require(s[f + 1].I4 == 0);
        table[Adc + $"AdcController.IsChannelModeSupported({Adc}AdcChannelMode)"] = (_, s, f, _) => Result(s, f, s[f + 1].I4 == 0);
        table[Adc + "AdcController.OpenChannel(System.Int32)"] = (m, s, f, _) => Open(m, s, f);
        table[Adc + "AdcChannel.get_Controller()"] = (_, s, f, _) => Result(s, f, ((object?[])((DeviceObject)s[f].Ref!).Native!)[0]);
        table[Adc + "AdcChannel.ReadValue()"] = (m, s, f, _) => Result(s, f, Read(m, s[f]));
        table[Adc + "AdcChannel.ReadRatio()"] = (m, s, f, _) => Result(s, f, Read(m, s[f]) / (double)Most);
        table[Adc + "AdcChannel.Dispose()"] = (_, _, _, _) => { };
    }

    private static void Require(bool isSingleEnded)
    {
        if (!isSingleEnded)
        {
            throw new NotSupportedException();
        }
    }

    private static void Open(Machine machine, Slot[] stack, int frame)
    {
        int number = stack[frame + 1].I4;
        Replay recording = machine.Peripherals.Adc.GetValueOrDefault(number)
            ?? throw new EmulatorException(
            $"The program opens channel {number} of the ADC, but nothing is there. Give it a recording to play with "
                + $"--adc {number}=FILE.csv.");
        DeviceObject channel = machine.Heap.NewObject(machine.TypeNamed(Adc + "AdcChannel"));
        channel.Native = new object?[] { stack[frame].Ref, recording };
        stack[frame].Ref = channel;
    }

    private static int Read(Machine machine, in Slot channel)
    {
        Replay recording = (Replay)((object?[])((DeviceObject)channel.Ref!).Native!)[1]!;
        float[] row = recording.Read(machine.Milliseconds) ?? throw new ProgramEnd();
        return (int)Math.Clamp(Math.Round(row[0]), 0, Most);
    }
}
