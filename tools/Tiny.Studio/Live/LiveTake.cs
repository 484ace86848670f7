using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tiny.Studio.Folders;
using Tiny.Training.Data.Capture;

namespace Tiny.Studio.Live;

/// <summary>
/// Takes that run: a countdown, a recording, and again. Each recording is a file of its own, which holds whole lines at any moment.
/// </summary>
internal sealed partial class LiveTake(TakePlan plan, Workspace workspace)
{
    private CaptureFile? file;
    private CaptureRecorder? recorder;
    private string name = "";
    private bool hasHeader;
    private double since = -1; // when the phase began, in seconds of the session
    private int done;

    /// <summary>What was asked for.</summary>
    internal TakePlan Plan => plan;

    /// <summary>Whether all is done, or was ended.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>The file that has just been recorded; null for none since the last step.</summary>
    internal string? JustRecorded { get; private set; }

    private bool IsRecording => recorder is not null;

    /// <summary>
    /// Removes the files of takes that the end of the process met before their first sample: an empty file is no recording, and would stop
    /// every command that reads the folder.
    /// </summary>
    internal static void RemoveEmpty(Workspace workspace)
    {
        foreach (FileInfo file in new DirectoryInfo(workspace.Folder).EnumerateFiles("*.csv")
            .Where(file => file.Length == 0 && TakeName().IsMatch(file.Name)))
        {
            file.Delete();
        }
    }

    /// <summary>Gives a line to the recording, if one runs.</summary>
    internal void Give(ReadOnlySpan<byte> line, ReadOnlySpan<byte> header)
    {
        if (recorder is null)
        {
            return;
        }

        if (!hasHeader)
        {
            // A line of its own begins the recording; the header, which comes rarely, is told again.
            recorder.Take("\n"u8);
            recorder.Take(header);
            hasHeader = true;
        }

        recorder.Take(line);
    }

    /// <summary>Goes on with time.</summary>
    /// <param name="now">Seconds of the session.</param>
    /// <param name="rate">Samples a second that the sensor means to send; 0 for unknown.</param>
    /// <returns>Whether something was begun or ended.</returns>
    internal bool Follow(double now, double rate)
    {
        JustRecorded = null;
        bool begins = since < 0;
        since = begins ? now : since;
        if (!IsRecording && now - since >= plan.Countdown)
        {
            Begin(rate);
            since = now;
            return true;
        }

        // With a known rate it is the samples that count; a sensor that has fallen silent is not waited for.
        double patience = plan.Seconds * (rate > 0 ? 1.5 : 1) + (rate > 0 ? 1 : 0);
        if (IsRecording && (recorder!.IsDone || (plan.Seconds > 0 && now - since >= patience)))
        {
            Finish();
            done++;
            since = now;
            IsOver = done >= plan.Takes;
            return true;
        }

        return begins;
    }

    /// <summary>Ends all; what was recorded is kept.</summary>
    internal void End()
    {
        JustRecorded = null;
        if (IsRecording)
        {
            Finish();
            done++;
        }

        IsOver = true;
    }

    /// <summary>Sees to it that what was written outlasts a power cut.</summary>
    internal void Flush() => recorder?.Flush();

    /// <summary>How it stands.</summary>
    internal JsonObject ToJson() => new()
    {
        ["phase"] = IsOver ? "done" : IsRecording ? "recording" : "countdown",
        ["take"] = done + 1,
        ["takes"] = plan.Takes,
        ["label"] = plan.Label,
        ["seconds"] = plan.Seconds,
        ["countdown"] = plan.Countdown,
        ["recorded"] = JustRecorded,
    };

    private void Begin(double rate)
    {
        string stamp = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string free = $"{FolderNames.Of(plan.Label)}-{stamp}";
        name = free;
        for (int number = 2; File.Exists(workspace.At(name + ".csv")); number++)
        {
            name = $"{free}-{number}";
        }

        file = CaptureFile.Open(workspace.At(name + ".csv"));
        recorder = new CaptureRecorder(file, name, plan.Label)
        {
            Most = plan.Seconds > 0 && rate > 0 ? Math.Max(1, (long)Math.Round(plan.Seconds * rate)) : long.MaxValue,
        };
        hasHeader = false;
    }

    private void Finish()
    {
        recorder!.Finish();
        JustRecorded = recorder.Samples > 0 ? name : null;
        file!.Dispose();
        (recorder, file) = (null, null);
    }

    [GeneratedRegex(@"-\d{8}-\d{6}(-\d+)?\.csv$", RegexOptions.CultureInvariant)]
    private static partial Regex TakeName();
}
