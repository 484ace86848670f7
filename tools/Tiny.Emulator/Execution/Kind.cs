namespace Tiny.Emulator.Execution;

/// <summary>What is on the stack, known when a method is decoded. The device keeps uint apart from int there, and so do we.</summary>
internal enum Kind : byte
{
    Void,
    I4,
    U4,
    I8,
    R4,
    R8,
    Ref,
    Address,
    Struct,
}
