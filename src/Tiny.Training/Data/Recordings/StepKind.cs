namespace Tiny.Training.Data.Recordings;

/// <summary>How a number or clock goes on from one sample to the next.</summary>
internal enum StepKind
{
    /// <summary>As usual.</summary>
    Even,

    /// <summary>By more than usual: samples are missing in between.</summary>
    Gap,

    /// <summary>It goes back: a recording was started anew, or rows are out of order.</summary>
    Back,
}
