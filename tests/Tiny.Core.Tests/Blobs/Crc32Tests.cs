using System.Text;
using Tiny.Core.Blobs;

namespace Tiny.Core.Tests.Blobs;

public class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_standard() =>
        Assert.Equal(unchecked((int)0xCBF43926), Crc32.Compute(0, Encoding.ASCII.GetBytes("123456789"), 0, 9));

    [Fact]
    public void Parts_give_what_the_whole_gives()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("the quick brown fox");
        Assert.Equal(Crc32.Compute(0, bytes, 0, bytes.Length), Crc32.Compute(Crc32.Compute(0, bytes, 0, 7), bytes, 7, bytes.Length - 7));
    }
}
