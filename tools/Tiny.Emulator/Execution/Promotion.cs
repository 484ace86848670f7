namespace Tiny.Emulator.Execution;

/// <summary>What a stored value becomes on the evaluation stack.</summary>
internal static class Promotion
{
    internal static Slot Load(in Slot stored, Storage storage)
    {
        Slot slot = stored;
        switch (storage)
        {
            case Storage.U4:
            case Storage.U8:
                slot.Ref = Slot.Unsigned;
                break;
            case Storage.I4 or Storage.I8 or Storage.R4 or Storage.R8:
                slot.Ref = null;
                break;
            case Storage.U1 or Storage.I1 or Storage.U2 or Storage.I2:
                slot.I4 = Narrow(stored.I4, storage);
                slot.Ref = null;
                break;
        }

        return slot;
    }

    internal static int Narrow(int value, Storage storage) => storage switch
    {
        Storage.U1 => (byte)value,
        Storage.I1 => (sbyte)value,
        Storage.U2 => (ushort)value,
        Storage.I2 => (short)value,
        _ => value,
    };
}
