namespace Tiny.Emulator.Execution;

/// <summary>
/// What a local, a field or an element holds: a stored number is cut to its size and gets its sign when it is loaded, as the device does.
/// </summary>
internal enum Storage : byte
{
    I4,
    U4,
    I8,
    U8,
    R4,
    R8,
    U1,
    I1,
    U2,
    I2,
    Ref,
    Struct,

    /// <summary>As it was put there: arguments, which lie on the caller's stack.</summary>
    AsPushed,
}
