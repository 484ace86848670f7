namespace Tiny.Training.Data.Recordings;

/// <summary>A stretch of a recording in which one thing goes on.</summary>
/// <param name="Recording">The recording, by the name that tiny data and tiny predict give it.</param>
/// <param name="From">Its first sample, counted from 0 over the rows of the recording.</param>
/// <param name="To">The sample behind its last.</param>
/// <param name="Label">What goes on.</param>
/// <seealso cref="StretchFile"/>
public sealed record LabeledStretch(string Recording, long From, long To, string Label);
