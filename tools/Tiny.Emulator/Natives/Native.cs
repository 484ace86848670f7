using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Natives;

/// <summary>
/// A method of the framework. Arguments stand from <paramref name="frame"/> to before <paramref name="sp"/>; the result goes to the frame.
/// </summary>
internal delegate void Native(Machine machine, Slot[] stack, int frame, int sp);
