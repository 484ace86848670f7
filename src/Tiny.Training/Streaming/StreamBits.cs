namespace Tiny.Training.Streaming;

/// <summary>When a stream's answer has the bits of the window's.</summary>
public enum StreamBits
{
    /// <summary>Always: the answer behind each block is that of a window.</summary>
    EveryWindow,

    /// <summary>Of the window that began where the stream did: recurrent layers go on with what they know of the samples before.</summary>
    FirstWindow,

    /// <summary>
    /// Never: the model pads the edges of its window, and a stream has no edges; or a recurrent layer stands behind convolutions, whose
    /// first rows reach back before the stream's beginning.
    /// </summary>
    None,
}
