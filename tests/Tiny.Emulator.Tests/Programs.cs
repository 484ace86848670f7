using Tiny.Emulator.Boards;

namespace Tiny.Emulator.Tests;

/// <summary>The device assemblies that travel with the tests.</summary>
internal static class Programs
{
    internal static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "programs", name + ".dll");

    internal static DeviceProgram NanoTests { get; } = DeviceProgram.Load(Path("NFUnitTest"));

    internal static DeviceProgram Own { get; } = DeviceProgram.Load(Path("EmulatorPrograms"));

    internal static DeviceProgram Core { get; } = DeviceProgram.Load(DeviceProgram.CorePath);

    /// <summary>All of the device's libraries.</summary>
    internal static DeviceProgram Whole { get; } = DeviceProgram.Load(DeviceProgram.WholePath);

    /// <summary>A board with all of the device's libraries and every layer kind registered, and heap without end.</summary>
    internal static Machine Library(string board, bool wide = true)
    {
        Machine machine = new(BoardProfile.Load(board) with { HeapBytes = int.MaxValue }, Whole, TextWriter.Null);
        machine.Start();
        machine.Invoke("Tiny.Emulator.Library.Library", "Register", wide);
        return machine;
    }

    /// <summary>A fresh board with the emulator's own test programs.</summary>
    internal static Machine Machine(string board = "stm32f4", DeviceProgram? program = null, TextWriter? output = null)
    {
        Machine machine = new(BoardProfile.Load(board), program ?? Own, output ?? TextWriter.Null);
        machine.Start();
        return machine;
    }
}
