namespace Tiny.Emulator.Execution;

/// <summary>
/// What is on the stack, known when a method is decoded. Whether a number is unsigned is known only as it runs: see <see cref="Slot"/>.
/// </summary>
internal enum Kind : byte
{
    Void,
    I4,
    I8,
    R4,
    R8,
    Ref,
    Address,
    Struct,
}
