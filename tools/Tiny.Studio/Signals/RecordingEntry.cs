namespace Tiny.Studio.Signals;

/// <summary>A recording of the folder, as the table shows it.</summary>
/// <param name="Name">Its name, as tiny data and tiny predict call it.</param>
/// <param name="File">Its file, below the folder, with slashes.</param>
/// <param name="Number">Its number in its file, from 0.</param>
/// <param name="Label">The label that the file itself gives it; "" for none.</param>
/// <param name="Rows">Its samples.</param>
/// <param name="Rate">Samples a second by a clock in the file; 0 where none tells.</param>
/// <param name="Channels">The channels' names.</param>
/// <param name="Problems">What is wrong with it, in words.</param>
/// <param name="FirstLine">The line of its first sample in the file, from 1.</param>
/// <param name="LastLine">The line of its last.</param>
internal sealed record RecordingEntry(
    string Name, string File, int Number, string Label, int Rows, double Rate, IReadOnlyList<string> Channels,
        IReadOnlyList<string> Problems, int FirstLine, int LastLine)
{
    /// <summary>What a person calls it: of a file with a recording of the same name, that name once.</summary>
    internal string Title => Name.Split('/') is [.., string file, string own] && file == own ? Name[..^(own.Length + 1)] : Name;
}
