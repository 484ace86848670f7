using Tiny.Cli.Output;
using Tiny.Emulator.Peripherals;
using Tiny.Training.Data;

namespace Tiny.Cli.Tests.Output;

public sealed class BoardFolderTests : WorkFolder
{
    [Fact]
    public void What_a_board_writes_is_there_for_the_next_run()
    {
        EmulatedFiles files = BoardFolder.Load(At("board"));
        files.WriteAll("I:\\logs\\monday.txt", [1, 2]);
        files.WriteAll("D:\\x", [3]);
        BoardFolder.Save(At("board"), files);
        Assert.Equal([1, 2], File.ReadAllBytes(At("board/I/logs/monday.txt")));
        EmulatedFiles again = BoardFolder.Load(At("board"));
        Assert.Equal(["D:\\x", "I:\\logs\\monday.txt"], again.Paths.Order());
        Assert.Equal([3], again.ReadAll("D:\\x"));
    }

    [UnixFact]
    public void Links_and_pipes_in_the_folder_are_not_followed_and_files_left_alone_are_not_written_anew()
    {
        string outside = Write("outside.txt", "mine");
        Directory.CreateDirectory(At("board/I/kept"));
        Directory.CreateDirectory(At("elsewhere"));
        File.WriteAllText(At("elsewhere/notes.txt"), "mine");
        File.WriteAllText(At("board/I/kept/a"), "1");
        File.WriteAllText(At("board/readme"), "no drive");
        Directory.CreateDirectory(At("board/manual"));
        File.WriteAllText(At("board/manual/b"), "no drive either");
        File.CreateSymbolicLink(At("board/I/link"), outside);
        Directory.CreateSymbolicLink(At("board/I/folder"), At("elsewhere"));
        Directory.CreateSymbolicLink(At("board/I/circle"), At("board"));
        Directory.CreateSymbolicLink(At("board/E"), At("elsewhere"));
        DateTime written = File.GetLastWriteTimeUtc(At("board/I/kept/a"));

        EmulatedFiles files = BoardFolder.Load(At("board"));
        Assert.Equal(["I:\\kept\\a"], files.Paths);
        BoardFolder.Save(At("board"), files);
        Assert.Equal(written, File.GetLastWriteTimeUtc(At("board/I/kept/a")));
        Assert.Equal("mine", File.ReadAllText(outside));
        Assert.Equal("mine", File.ReadAllText(At("elsewhere/notes.txt")));
    }

    [Fact]
    public void What_is_no_folder_of_a_board_is_refused()
    {
        string file = Write("file", "");
        Assert.Contains("is no folder", Assert.Throws<DataException>(() => BoardFolder.Load(file)).Message);
        Directory.CreateDirectory(At("board/I"));
        using (FileStream large = File.Create(At("board/I/large")))
        {
            large.SetLength(100 << 20);
        }

        Assert.Contains("its drives hold more than", Assert.Throws<DataException>(() => BoardFolder.Load(At("board"))).Message);
    }
}
