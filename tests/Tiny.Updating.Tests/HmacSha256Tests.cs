using System.Security.Cryptography;
using System.Text;

namespace Tiny.Updating.Tests;

/// <summary>The standards' vectors, and the desk's own cryptography at every length around a block.</summary>
public class HmacSha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void The_digests_of_fips_180(string text, string expected)
    {
        Sha256 sha = new();
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        for (int run = 0; run < 2; run++)
        {
            byte[] digest = new byte[Sha256.DigestBytes + 2];
            sha.Add(bytes, 0, bytes.Length);
            sha.Finish(digest, 1);
            Assert.Equal(expected, Convert.ToHexStringLower(digest.AsSpan(1, Sha256.DigestBytes)));
            Assert.Equal((0, 0), (digest[0], digest[^1]));
        }
    }

    [Fact]
    public void The_digest_of_a_million_letters()
    {
        Sha256 sha = new();
        byte[] letters = Encoding.ASCII.GetBytes(new string('a', 1000));
        for (int i = 0; i < 1000; i++)
        {
            sha.Add(letters, 0, letters.Length);
        }

        byte[] digest = new byte[Sha256.DigestBytes];
        sha.Finish(digest, 0);
        Assert.Equal("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", Convert.ToHexStringLower(digest));
    }

    /// <summary>RFC 4231, test cases 1, 2, 3 and 6: short and long keys.</summary>
    [Theory]
    [InlineData(20, 0x0b, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    [InlineData(131, 0xaa, "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")]
    public void The_codes_of_rfc_4231(int keyBytes, byte key, string text, string expected) =>
        Assert.Equal(expected, CodeOf([.. Enumerable.Repeat(key, keyBytes)], Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_codes_of_rfc_4231_with_other_keys()
    {
        Assert.Equal("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            CodeOf("Jefe"u8.ToArray(), "what do ya want for nothing?"u8.ToArray()));
        Assert.Equal("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            CodeOf([.. Enumerable.Repeat((byte)0xaa, 20)], [.. Enumerable.Repeat((byte)0xdd, 50)]));
    }

    [Fact]
    public void Bytes_of_every_length_in_pieces_of_any_length_give_the_codes_of_the_desk()
    {
        Random random = new(4231);
        for (int length = 0; length < 400; length++)
        {
            byte[] key = new byte[1 + random.Next(140)];
            byte[] bytes = new byte[length];
            random.NextBytes(key);
            random.NextBytes(bytes);
            HmacSha256 hmac = new(key);
            for (int at = 0, piece; at < length; at += piece)
            {
                piece = Math.Min(length - at, random.Next(1, 90));
                hmac.Add(bytes, at, piece);
            }

            byte[] code = new byte[HmacSha256.MacBytes];
            hmac.Finish(code, 0);
            Assert.Equal(HMACSHA256.HashData(key, bytes), code);
        }
    }

    [Fact]
    public void A_code_with_any_bit_flipped_does_not_match()
    {
        byte[] bytes = "a model"u8.ToArray();
        byte[] code = HMACSHA256.HashData("a key of sixteen"u8, bytes);
        HmacSha256 hmac = new("a key of sixteen"u8.ToArray());
        for (int bit = -1; bit < 8 * code.Length; bit++)
        {
            byte[] other = [.. code];
            if (bit >= 0)
            {
                other[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            hmac.Add(bytes, 0, bytes.Length);
            Assert.Equal(bit < 0, hmac.Matches(other, 0));
        }
    }

    [Fact]
    public void A_key_is_not_empty_and_bytes_are_all_there()
    {
        Assert.Throws<ArgumentException>(() => new HmacSha256([]));
        Assert.Throws<ArgumentException>(() => new HmacSha256(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sha256().Add(new byte[4], 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sha256().Finish(new byte[31], 0));
    }

    private static string CodeOf(byte[] key, byte[] bytes)
    {
        HmacSha256 hmac = new(key);
        byte[] code = new byte[HmacSha256.MacBytes];
        hmac.Add(bytes, 0, bytes.Length);
        hmac.Finish(code, 0);
        return Convert.ToHexStringLower(code);
    }
}
