using Tiny.Core.Arithmetic;
using Tiny.Learning;

namespace Tiny.Core.Tests.Arithmetic;

public class FloatBitsTests
{
    [Fact]
    public void Bits_are_the_runtimes_for_every_exponent()
    {
        SeededRandom random = new(7);
        int looked = 0;
        for (int exponent = 0; exponent < 255; exponent++)
        {
            for (int i = 0; i < 40; i++)
            {
                int mantissa = i switch { 0 => 0, 1 => 1, 2 => 0x7FFFFF, _ => random.NextInt(1 << 23) };
                int bits = (exponent << 23) | mantissa | (i % 2 == 0 ? 0 : int.MinValue);
                Assert.Equal(bits, FloatBits.ToBits(BitConverter.Int32BitsToSingle(bits)));
                looked++;
            }
        }

        Assert.Equal(255 * 40, looked);
        Assert.Equal(int.MinValue, FloatBits.ToBits(-0f));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        byte[] bytes = new byte[12];
        FloatBits.Write(bytes, 1, -1.25e-40f);
        FloatBits.WriteInt32(bytes, 5, -123456789);
        FloatBits.WriteUInt16(bytes, 9, 65534);
        Assert.Equal(-1.25e-40f, FloatBits.Read(bytes, 1));
        Assert.Equal(-123456789, FloatBits.ReadInt32(bytes, 5));
        Assert.Equal(65534, FloatBits.ReadUInt16(bytes, 9));
    }
}
