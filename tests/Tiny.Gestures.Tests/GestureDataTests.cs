using Tiny.Tests;

namespace Tiny.Gestures.Tests;

public class GestureDataTests
{
    [Fact]
    public void The_committed_file_is_what_the_generator_makes()
    {
        string committed = File.ReadAllText(Path.Combine(Repository.Root, "firmware-samples", "02-Gesture", "gestures.csv"));
        Assert.True(committed == GestureData.ToCsv(seed: 1),
            "Make it anew: dotnet run -c Release --project tools/Tiny.Gestures firmware-samples/02-Gesture/gestures.csv");
    }

    [Fact]
    public void Every_wearer_makes_every_gesture_as_often()
    {
        string[] rows = GestureData.ToCsv(seed: 2).TrimEnd().Split('\n')[1..];
        Assert.Equal(600, rows.Length);
        foreach (string[] wearer in rows.Chunk(100))
        {
            Assert.All(Enum.GetValues<Gesture>(), gesture =>
                Assert.Equal(20, wearer.Count(row => row.EndsWith("," + gesture.ToString().ToLowerInvariant()))));
        }
    }
}
