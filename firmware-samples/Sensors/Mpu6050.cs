using System;
using System.Device.I2c;
using Tiny.Features;

namespace Tiny.Samples
{
    /// <summary>An MPU-6050 on I2C, in counts of its 4 g range: 8192 to a g. Registers as in InvenSense RM-MPU-6000A.</summary>
    public sealed class Mpu6050 : IAccelerometer
    {
        private readonly I2cDevice device;
        private readonly byte[] register = new byte[] { 0x3B }; // ACCEL_XOUT_H, and five more behind it
        private readonly byte[] bytes = new byte[6];

        /// <summary>The sensor at 0x68 of a bus, woken and set to 4 g.</summary>
        public Mpu6050(int bus)
        {
            device = I2cDevice.Create(new I2cConnectionSettings(bus, 0x68));
            byte[] who = new byte[1];
            device.WriteRead(new byte[] { 0x75 }, who);
            if (who[0] != 0x68)
            {
                throw new Exception("No MPU-6050 at 0x68 of I2C bus " + bus + ": check the wiring, and that AD0 is low.");
            }

            device.Write(new byte[] { 0x6B, 0x00 }); // awake
            device.Write(new byte[] { 0x1A, 0x03 }); // low-pass at 44 Hz
            device.Write(new byte[] { 0x1C, 0x08 }); // 4 g
        }

        /// <summary>What it delivers when it is read so often: the model's description is held against this.</summary>
        public static Signal Signal(float rate)
        {
            return new Signal(rate).AddAll(new string[] { "x", "y", "z" }, "counts");
        }

        /// <inheritdoc/>
        public void Read(float[] sample)
        {
            device.WriteRead(register, bytes);
            for (int axis = 0; axis < 3; axis++)
            {
                sample[axis] = (short)((bytes[2 * axis] << 8) | bytes[2 * axis + 1]);
            }
        }
    }
}
