using System.Text;
using Tiny.Studio.Folders;
using Tiny.Studio.Signals;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Studio.Labels;

/// <summary>
/// The labels of the folder, in labels.csv. An edit says what it takes away and what it puts there; if what it takes away is no longer
/// there, or what it puts overlaps something else, another window was faster: nothing is changed and the page is told.
/// </summary>
internal sealed class Labeling(Workspace workspace, Catalog catalog)
{
    private const int LongestLabel = 100;

    /// <summary>All labeled stretches.</summary>
    internal IReadOnlyList<LabeledStretch> All() =>
        workspace.Read(StretchFile.Name) is byte[] text
            ? StretchFile.Parse(workspace.At(StretchFile.Name), Encoding.UTF8.GetString(text).TrimStart('\uFEFF')) : [];

    /// <summary>Changes the stretches of a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="removed">Stretches that are there and are to go.</param>
    /// <param name="added">Stretches that are to be there.</param>
    /// <exception cref="ConflictException">The labels are no longer what the page showed.</exception>
    /// <exception cref="DataException">A stretch does not lie in the recording.</exception>
    internal void Edit(string recording, IReadOnlyList<LabeledStretch> removed, IReadOnlyList<LabeledStretch> added)
    {
        RecordingEntry entry = catalog.Find(recording);
        foreach (LabeledStretch stretch in added)
        {
            Check(stretch, entry);
        }

        workspace.Do(Describe(entry, removed, added), () =>
        {
            List<LabeledStretch> all = [.. All()];
            if (removed.FirstOrDefault(stretch => !all.Remove(stretch)) is LabeledStretch gone)
            {
                throw new ConflictException($"\"{gone.Label}\" from sample {gone.From} to {gone.To} is no longer there: it was changed in "
                    + "another window or program. Nothing was changed.");
            }

            all.AddRange(added);
            if (StretchFile.Overlap(all.Where(stretch => stretch.Recording == recording)) is (LabeledStretch first, LabeledStretch second))
            {
                throw new ConflictException($"\"{second.Label}\" from sample {second.From} would overlap \"{first.Label}\", which ends at "
                    + $"{first.To}. Nothing was changed.");
            }

            return new Dictionary<string, byte[]?> { [StretchFile.Name] = ToBytes(all) };
        });
    }

    /// <summary>The file with these stretches, in the order of recordings and places.</summary>
    internal static byte[]? ToBytes(IReadOnlyList<LabeledStretch> stretches) => stretches.Count == 0 ? null
        : Encoding.UTF8.GetBytes(StretchFile.ToText(
            stretches.OrderBy(stretch => stretch.Recording, StringComparer.Ordinal).ThenBy(stretch => stretch.From)));

    private static void Check(LabeledStretch stretch, RecordingEntry entry)
    {
        if (stretch.From < 0 || stretch.To <= stretch.From || stretch.To > entry.Rows)
        {
            throw new DataException($"Samples {stretch.From} to {stretch.To} are no stretch of {entry.Title}, which has {entry.Rows} "
                + "samples.");
        }

        if (CaptureText(stretch.Label) != stretch.Label || stretch.Label.Length > LongestLabel)
        {
            throw new DataException($"A class is called by at most {LongestLabel} characters, without blanks at the ends.");
        }
    }

    private static string CaptureText(string text) => Tiny.Training.Data.Capture.CaptureFile.CheckText(text, "The class");

    private static string Describe(RecordingEntry entry, IReadOnlyList<LabeledStretch> removed, IReadOnlyList<LabeledStretch> added) =>
        (removed.Count, added.Count) switch
        {
            (_, 0) => removed.Count == 1 ? $"remove \"{removed[0].Label}\" from {entry.Title}"
                : $"remove {removed.Count} labels from {entry.Title}",
            (0, 1) => $"label \"{added[0].Label}\" in {entry.Title}",
            (0, _) => $"label {added.Count} stretches of {entry.Title}",
            _ => $"change labels of {entry.Title}",
        };
}
