namespace Tiny.Training.Data.Capture;

/// <summary>How a sample follows the one before.</summary>
public enum CaptureStep
{
    /// <summary>It comes after it, perhaps with some lost in between.</summary>
    Next,

    /// <summary>It is the same sample, sent again.</summary>
    Repeated,

    /// <summary>Number and time began anew: the device was reset.</summary>
    Restarted,
}
