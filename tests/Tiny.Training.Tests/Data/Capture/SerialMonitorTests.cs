using Tiny.Training.Data;
using Tiny.Training.Data.Capture;

namespace Tiny.Training.Tests.Data.Capture;

public class SerialMonitorTests
{
    [Theory]
    [InlineData("10:00:00.123 -> T:17.08,H:52.21\n10:01:00.123 -> T:17.15,H:58.70\n", "output of Arduino's serial monitor")]
    [InlineData("\n9:15:02 -> 1024\n9:15:03 -> 1025\n9:15:04 -> 1026\n", "output of Arduino's serial monitor")]
    [InlineData("T:17.08,H:52.21\r\nT:17.15,H:-58.70\r\n", "behind its name and a colon")]
    [InlineData("acc x: 1\tacc y: 2\nacc x: 3\tacc y: 4\n", "behind its name and a colon")]
    public void What_the_serial_monitor_shows_is_refused_with_what_it_is(string text, string words)
    {
        using TemporaryFile file = new(text);
        string message = Assert.Throws<DataException>(() => new CsvSource(file.Path, new CsvOptions())).Message;
        Assert.Contains(words, message);
        Assert.Contains("tiny capture", message);
    }

    [Theory]
    [InlineData("time,x\n10:00:00.123,1\n10:00:00.143,2\n")]
    [InlineData("10:00:00,1\n10:00:01,2\n")]
    [InlineData("T:1,x\n1,2\n")]
    [InlineData("x,y\n10:00:00.1 -> 3,2\n")]
    [InlineData("")]
    public void A_table_is_none(string text) => Assert.Null(SerialMonitor.Describe(text));
}
