using System.Runtime.CompilerServices;
using Tiny.Adaptation.Storage;

namespace Tiny.Emulator.Flash
{
    /// <summary>The emulator's flash: methods without a body that it knows by name.</summary>
    public static class FlashPort
    {
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Capacity();

        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Read(int slot, int at, byte[] buffer, int length);

        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern bool Erase(int slot);

        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern bool Write(int slot, int at, byte[] buffer, int length);

        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern bool Flush(int slot);
    }

    /// <summary>The emulator's flash as a storage for slots.</summary>
    public sealed class EmulatorFlash : ISlotStorage
    {
        public int Capacity
        {
            get { return FlashPort.Capacity(); }
        }

        public int Read(int slot, int at, byte[] buffer, int length)
        {
            return FlashPort.Read(slot, at, buffer, length);
        }

        public bool Erase(int slot)
        {
            return FlashPort.Erase(slot);
        }

        public bool Write(int slot, int at, byte[] buffer, int length)
        {
            return FlashPort.Write(slot, at, buffer, length);
        }

        public bool Flush(int slot)
        {
            return FlashPort.Flush(slot);
        }
    }
}
