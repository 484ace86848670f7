namespace Tiny.Gestures.Tests;

public class GestureRecordingsTests
{
    [Fact]
    public void Every_wearer_makes_every_gesture_as_often()
    {
        (string Name, string Label, short[][] Samples)[] all = [.. GestureRecordings.All(seed: 1)];
        Assert.Equal(240, all.Select(recording => recording.Name).Distinct().Count());
        Assert.All(all.Chunk(30), wearer => Assert.All(Enum.GetValues<Gesture>(), gesture =>
            Assert.Equal(GestureRecordings.RecordingsEach,
            wearer.Count(recording => recording.Label == gesture.ToString().ToLowerInvariant()))));
        Assert.All(all, recording => Assert.Equal((150, 3), (recording.Samples.Length, recording.Samples[0].Length)));
    }

    [Fact]
    public void The_file_holds_them_in_the_form_of_tiny_capture()
    {
        string[] lines = GestureRecordings.ToCsv(seed: 1).Split('\n');
        Assert.Equal("file,label,i,ms,x,y,z", lines[0]);
        Assert.Equal(240 * 150 + 2, lines.Length);
        Assert.StartsWith("wearer0-circle-0,circle,149,2980,", lines[150]);
        Assert.Equal(lines, GestureRecordings.ToCsv(seed: 1).Split('\n'));
        Assert.NotEqual(lines, GestureRecordings.ToCsv(seed: 2).Split('\n'));
    }
}
