namespace Tiny.Emulator.Execution;

/// <summary>A managed pointer: to a local, argument or field (a slot), to an element of an array, or to a boxed value.</summary>
internal abstract class Reference
{
    internal abstract Slot Load();

    internal abstract void Store(in Slot value);
}

internal sealed class SlotReference(Slot[] slots, int index, Storage storage) : Reference
{
    internal override Slot Load() => Promotion.Load(slots[index], storage);

    internal override void Store(in Slot value)
    {
        if (storage >= Storage.Ref)
        {
            slots[index] = value;
        }
        else
        {
            slots[index].I8 = value.I8; // the declared type stays
        }
    }
}

internal sealed class ElementReference(object array, int index) : Reference
{
    internal override Slot Load() => Elements.Load(array, index);

    internal override void Store(in Slot value) => Elements.Store(array, index, value);
}
