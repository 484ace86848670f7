namespace Tiny.Emulator.Execution;

/// <summary>A managed pointer: to a local, argument or field (a slot), or to an element of an array.</summary>
internal abstract class Reference
{
    internal abstract Slot Load();

    internal abstract void Store(in Slot value);
}

internal sealed class SlotReference(Slot[] slots, int index) : Reference
{
    internal override Slot Load() => slots[index];

    internal override void Store(in Slot value) => slots[index] = value;
}

internal sealed class ElementReference(object array, int index) : Reference
{
    internal override Slot Load() => Elements.Load(array, index);

    internal override void Store(in Slot value) => Elements.Store(array, index, value);
}
