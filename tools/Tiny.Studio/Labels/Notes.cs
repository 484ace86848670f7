using System.Text;
using Tiny.Studio.Folders;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Studio.Labels;

/// <summary>Wearers and notes of the folder's recordings, in notes.csv: recording, wearer, note.</summary>
internal sealed class Notes(Workspace workspace)
{
    private const int Longest = 1000;

    /// <summary>The notes by recording.</summary>
    internal Dictionary<string, Note> All()
    {
        Dictionary<string, Note> notes = [];
        if (workspace.Read(StretchFile.NotesName) is byte[] bytes)
        {
            foreach (string[] fields in CsvText.Records(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')).Skip(1)
                .Where(fields => fields.Length == 3))
            {
                notes[fields[0]] = new Note(fields[1], fields[2]);
            }
        }

        return notes;
    }

    /// <summary>Sets what is said of a recording.</summary>
    /// <exception cref="SelectionException">A text is too long, or has a line break.</exception>
    internal void Set(string recording, string title, Note note)
    {
        if (note.Wearer.Length > Longest || note.Text.Length > Longest || (note.Wearer + note.Text).Any(char.IsControl))
        {
            throw new SelectionException($"Wearer and note are a line each, of at most {Longest} characters.");
        }

        workspace.Do($"note on {title}", () =>
        {
            Dictionary<string, Note> all = All();
            all[recording] = new Note(note.Wearer.Trim(), note.Text.Trim());
            return new Dictionary<string, byte[]?> { [StretchFile.NotesName] = ToBytes(all) };
        });
    }

    /// <summary>The file with these notes.</summary>
    internal static byte[]? ToBytes(Dictionary<string, Note> notes)
    {
        StringBuilder text = new(StretchFile.NotesHeader + "\n");
        foreach ((string recording, Note note) in notes.Where(entry => entry.Value != Note.None)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(StretchFile.Field(recording)).Append(',').Append(StretchFile.Field(note.Wearer)).Append(',')
                .Append(StretchFile.Field(note.Text)).Append('\n');
        }

        return text.Length == StretchFile.NotesHeader.Length + 1 ? null : Encoding.UTF8.GetBytes(text.ToString());
    }
}
