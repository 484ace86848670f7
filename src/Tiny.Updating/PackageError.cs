namespace Tiny.Updating
{
    /// <summary>Each way a signed package can be wrong, in the order in which it is looked at. The values are stable.</summary>
    public enum PackageError
    {
        /// <summary>Nothing is wrong.</summary>
        None = 0,

        /// <summary>Fewer bytes than a header.</summary>
        TooShort = 1,

        /// <summary>The first four bytes are not "TSGN": it is no signed package, a bare model perhaps.</summary>
        NotAPackage = 2,

        /// <summary>The format version is one this reader does not know.</summary>
        UnsupportedVersion = 3,

        /// <summary>The header's checksum does not match.</summary>
        HeaderCorrupt = 4,

        /// <summary>The generation is not 1 or more.</summary>
        GenerationOutOfRange = 5,

        /// <summary>The model's length is not 1 or more.</summary>
        LengthOutOfRange = 6,

        /// <summary>Fewer bytes than the header says: it was cut off on its way.</summary>
        Truncated = 7,

        /// <summary>More bytes than the header says.</summary>
        TrailingBytes = 8,

        /// <summary>The model's checksum does not match: it was damaged on its way.</summary>
        ModelCorrupt = 9,

        /// <summary>The signature is not that of this key: somebody else made the package, or changed it.</summary>
        WrongSignature = 10,
    }
}
