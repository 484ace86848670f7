using System.Text;
using Tiny.Training.Data;
using Tiny.Training.Data.Capture;
using static Tiny.Training.Tests.Data.Capture.DeviceLines;

namespace Tiny.Training.Tests.Data.Capture;

public class CaptureRecorderTests
{
    private static readonly string Usual = Header(50, "x g", "y g");

    /// <summary>Records what a device sends, in pieces of odd size; gives the recorder and the file's lines.</summary>
    private static (CaptureRecorder Recorder,
        string[] Lines) Record(string sent, IReadOnlyList<string>? channels = null, long most = long.MaxValue)
    {
        using TemporaryFile path = new("");
        CaptureRecorder recorder;
        using (CaptureFile file = CaptureFile.Open(path.Path))
        {
            recorder = new CaptureRecorder(file, "r", "a", channels) { Most = most };
            foreach (byte[] piece in Encoding.UTF8.GetBytes(sent).Chunk(37))
            {
                recorder.Take(piece);
            }

            recorder.Finish();
        }

        return (recorder, File.ReadAllLines(path.Path));
    }

    public static TheoryData<string, string> OtherHeaders => new()
    {
        { Header(50, "y g", "x g"), "it now sends y (g), x (g) at 50 Hz, no longer x (g), y (g) at 50 Hz" },
        { Header(50, "x counts", "y counts"), "it now sends x (counts), y (counts)" },
        { Header(100, "x g", "y g"), "it now sends x (g), y (g) at 100 Hz" },
        { Header(0, "x g", "y g"), "it now sends x (g), y (g), no longer" },
        { Header(50, "x g", "y g", "z g"), "it now sends x (g), y (g), z (g)" },
    };

    [Theory]
    [MemberData(nameof(OtherHeaders))]
    public void Another_header_ends_the_recording_in_words(string other, string words)
    {
        (CaptureRecorder recorder, string[] lines) = Record(Usual + Samples(0, 5) + other + Samples(0, 5));
        Assert.Contains(words, recorder.Ended);
        Assert.True(recorder.IsDone);
        Assert.Equal((6, "r,a,4,80,4,-4"), (lines.Length, lines[^1]));
        Assert.Equal(["x", "y"], recorder.Header!.Channels);
    }

    [Fact]
    public void The_same_header_again_changes_nothing()
    {
        (CaptureRecorder recorder, string[] lines) =
            Record(Usual + Usual + Samples(0, 5) + Usual + Samples(5, 5) + Usual.Replace("50", "51"));
        Assert.Null(recorder.Ended);
        Assert.Equal((11, 10), (lines.Length, recorder.Samples));
        Assert.Equal(1, recorder.Parser.CountOf(LineFault.Checksum));
    }

    [Fact]
    public void Of_two_headers_before_the_first_sample_the_second_holds()
    {
        (CaptureRecorder recorder, string[] lines) = Record(Header(20, "a") + Usual + Samples(0, 2));
        Assert.Equal(("file,label,i,ms,x,y", null), (lines[0], recorder.Ended));
    }

    [Fact]
    public void Samples_wait_for_a_late_header_and_none_is_lost()
    {
        (CaptureRecorder recorder, string[] lines) = Record("76,1536*5A\n" + Samples(0, 400) + Usual + Samples(400, 3));
        Assert.Equal(("file,label,i,ms,x,y", 404, "r,a,0,0,0,0"), (lines[0], lines.Length, lines[1]));
        Assert.False(recorder.LacksHeader);
    }

    [Fact]
    public void After_twelve_seconds_they_wait_no_longer_and_a_header_that_fits_changes_nothing()
    {
        (CaptureRecorder recorder, string[] lines) = Record(Samples(0, 700) + Usual + Samples(700, 10));
        Assert.Equal(("file,label,i,ms,c0,c1", 711), (lines[0], lines.Length));
        Assert.True(recorder is { LacksHeader: true, Ended: null, Samples: 710 });
        Assert.Equal("file,label,i,ms,c0,c1", Record(Samples(0, 7)).Lines[0]);
        Assert.Equal(["file,label,i,ms,c0,c1", "r,a,0,0,0,0", "r,a,1,20,1,-1"], Record(Samples(0, 7) + Usual, most: 2).Lines);
        Assert.Contains("no longer samples of 2 values", Record(Samples(0, 7) + Header(50, "x", "y", "z")).Recorder.Ended);
    }

    [Fact]
    public void A_reset_begins_another_recording_and_a_repetition_is_recorded_once()
    {
        (CaptureRecorder recorder, string[] lines) =
            Record(Usual + Samples(7, 3) + Sample(9, 180, 9, -9) + "rst:0x1\n" + Usual + Samples(0, 2) + Samples(0, 1));
        Assert.Equal(["r", "r-2", "r-3"], recorder.Recordings);
        Assert.Equal(["r,a,7,140,7,-7", "r,a,8,160,8,-8", "r,a,9,180,9,-9", "r-2,a,0,0,0,0", "r-2,a,1,20,1,-1", "r-3,a,0,0,0,0"],
            lines[1..]);
        Assert.Equal((1, 2), (recorder.Clock.Repeated, recorder.Clock.Restarts));
    }

    [Fact]
    public void Counters_that_begin_anew_go_on_in_the_file()
    {
        string[] lines = Record(Usual + Samples(0, 6, int.MaxValue - 50)).Lines;
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"{int.MaxValue - 50L + 20 * i}"), lines[1..].Select(line => line.Split(',')[3]));
    }

    [Fact]
    public void Channels_that_were_named_must_be_as_many_as_come()
    {
        Assert.Equal("file,label,i,ms,u,v", Record(Samples(0, 2), ["u", "v"]).Lines[0]);
        Assert.Equal("file,label,i,ms,u,v", Record(Usual + Samples(0, 2), ["u", "v"]).Lines[0]);
        Assert.Contains("names 1 channels (u), but the device sends x (g), y (g)",
            Assert.Throws<SelectionException>(() => Record(Usual, ["u"])).Message);
        Assert.Contains("but the device sends 2 values", Assert.Throws<SelectionException>(() => Record(Samples(0, 1), ["u"])).Message);
        Assert.Contains("would be called \"i\"",
            Assert.Throws<SelectionException>(() => Record(Header(50, "i", "v") + Samples(0, 1))).Message);
    }
}
