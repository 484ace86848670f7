namespace Tiny.Training.Files;

/// <summary>Text files that grow by whole lines: what ended the process in the middle of one left a line without an end.</summary>
/// <example>
/// <code>
/// using FileStream file = new("epochs.log", FileMode.OpenOrCreate);
/// long cutOff = WholeLines.CutOff(file);                     // bytes of a line without an end
/// </code>
/// </example>
public static class WholeLines
{
    /// <summary>Cuts off what follows the last line feed, and stands at the end.</summary>
    /// <returns>The bytes cut off.</returns>
    public static long CutOff(FileStream file)
    {
        long length = file.Length;
        long end = End(file);
        file.SetLength(end);
        file.Position = end;
        return length - end;
    }

    /// <summary>Where the last whole line ends; 0 if there is none.</summary>
    internal static long End(FileStream file)
    {
        long end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        return end;
    }
}
