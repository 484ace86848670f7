namespace Tiny.Training.Data.Capture;

/// <summary>What is wrong with a line that is no sample.</summary>
public enum LineFault
{
    /// <summary>It does not begin as a sample does: what else the device prints, such as its boot messages.</summary>
    Text,

    /// <summary>It holds bytes that no text has.</summary>
    Binary,

    /// <summary>Its checksum is missing or does not match.</summary>
    Checksum,

    /// <summary>It has another number of values than there are channels, or one of them is no number.</summary>
    Values,

    /// <summary>It is longer than any line of a device.</summary>
    TooLong,

    /// <summary>It began before we listened, or had not ended when we stopped.</summary>
    Partial,
}
