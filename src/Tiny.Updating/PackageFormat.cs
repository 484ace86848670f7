namespace Tiny.Updating
{
    /// <summary>
    /// Where things stand in a signed package: 24 bytes of header, the model's blob, 32 bytes of signature. Little-endian.
    /// </summary>
    public static class PackageFormat
    {
        /// <summary>"TSGN".</summary>
        public const int Magic = 0x4E475354;

        /// <summary>The version written and read.</summary>
        public const int Version = 1;

        /// <summary>Where the version stands.</summary>
        public const int VersionAt = 4;

        /// <summary>Where the blob's length stands.</summary>
        public const int LengthAt = 8;

        /// <summary>Where the generation stands, 1 to 2,147,483,647.</summary>
        public const int GenerationAt = 12;

        /// <summary>Where the blob's CRC-32 stands.</summary>
        public const int ModelCrcAt = 16;

        /// <summary>Where the CRC-32 of the header before it stands.</summary>
        public const int HeaderCrcAt = 20;

        /// <summary>Bytes of the header; the blob follows.</summary>
        public const int HeaderBytes = 24;

        /// <summary>Bytes of the signature behind the blob: HMAC-SHA256 over header and blob.</summary>
        public const int MacBytes = HmacSha256.MacBytes;

        /// <summary>Bytes of a package around its blob.</summary>
        public const int Overhead = HeaderBytes + MacBytes;
    }
}
