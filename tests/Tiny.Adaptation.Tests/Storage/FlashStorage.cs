using Tiny.Adaptation.Storage;
using Tiny.Emulator.Flash;

namespace Tiny.Adaptation.Tests.Storage;

/// <summary>The emulated flash behind the interface of the store.</summary>
internal sealed class FlashStorage(EmulatedFlash flash) : ISlotStorage
{
    public int Capacity => flash.Capacity;

    public int Read(int slot, int at, byte[] buffer, int length) => flash.Read(slot, at, buffer.AsSpan(0, length));

    public bool Erase(int slot) => flash.Erase(slot);

    public bool Write(int slot, int at, byte[] buffer, int length) => flash.Write(slot, at, buffer.AsSpan(0, length));

    public bool Flush(int slot) => flash.Flush(slot);
}
