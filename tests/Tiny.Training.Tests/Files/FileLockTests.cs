using System.Diagnostics;
using Tiny.Training.Files;

namespace Tiny.Training.Tests.Files;

public sealed class FileLockTests : TestFolder
{
    [Fact]
    public void A_lock_is_had_by_one_and_leaves_nothing()
    {
        using (FileLock? first = FileLock.TryTake(At("lock")))
        {
            Assert.NotNull(first);
            Assert.Null(FileLock.TryTake(At("lock")));
        }

        HoldsOnly();
        using FileLock? again = FileLock.TryTake(At("lock"));
        Assert.NotNull(again);
    }

    [Fact]
    public void A_file_that_holds_something_is_no_lock_and_stays()
    {
        string file = Write("lock", "my notes");
        Assert.Contains("something else", Assert.Throws<IOException>(() => FileLock.TryTake(file)).Message);
        Assert.Equal("my notes", File.ReadAllText(file));
    }

    [Fact]
    public void What_a_killed_run_left_is_taken()
    {
        Write("lock", "");
        FileLock.TryTake(At("lock"))!.Dispose();
        HoldsOnly();
    }

    [Fact]
    public void However_many_ask_for_it_one_holds_it_at_a_time()
    {
        int holders = 0;
        int taken = 0;
        Stopwatch watch = Stopwatch.StartNew();
        Parallel.For(0, 8, _ =>
        {
            while (Volatile.Read(ref taken) < 500 && watch.Elapsed < TimeSpan.FromSeconds(30))
            {
                using FileLock? held = FileLock.TryTake(At("lock"));
                if (held is not null)
                {
                    Assert.Equal(1, Interlocked.Increment(ref holders));
                    Interlocked.Increment(ref taken);
                    Interlocked.Decrement(ref holders);
                }
            }
        });
        Assert.InRange(taken, 500, 600);
        HoldsOnly();
    }
}
