using Tiny.Emulator.Boards;

namespace Tiny.Emulator.Tests.Execution;

/// <summary>How long sleeps last where the board's operating system sleeps by ticks, and where it does not.</summary>
public class SleepTests
{
    private const string Source = """
        using System;
        using System.Threading;

        public static class Program
        {
            public static void Main()
            {
                foreach (int sleep in new int[] { 1, 10, 15, 20, 50 })
                {
                    Thread.Sleep(100);
                    long begin = DateTime.UtcNow.Ticks;
                    for (int i = 0; i < 10; i++)
                    {
                        Thread.Sleep(sleep);
                    }

                    Console.WriteLine(sleep + " " + (DateTime.UtcNow.Ticks - begin) / 100000);
                }
            }
        }
        """;

    [Theory]
    [InlineData("esp32_rev3", "1 10", "10 10", "15 20", "20 20", "50 50")]
    [InlineData("stm32f4", "1 1", "10 10", "15 15", "20 20", "50 50")]
    public void Ten_sleeps_in_a_row_last_whole_ticks(string board, params string[] hundredths)
    {
        using DeviceProgram program = DeviceSource.Compile(Source);
        Assert.Equal(hundredths, DeviceSource.Run(program, BoardProfile.Load(board)));
    }
}
