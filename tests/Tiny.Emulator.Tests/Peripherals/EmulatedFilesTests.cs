using Tiny.Emulator.Boards;
using Tiny.Emulator.Peripherals;

namespace Tiny.Emulator.Tests.Peripherals;

public class EmulatedFilesTests
{
    [Theory]
    [InlineData("I:\\weights0.slot", true)]
    [InlineData("D:\\logs\\2026\\monday.txt", true)]
    [InlineData("I:\\..\\..\\x", false)]
    [InlineData("I:\\logs\\..\\..\\x", false)]
    [InlineData("I:\\.\\x", false)]
    [InlineData("I:\\...\\x", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("I:/x", false)]
    [InlineData("I:\\a/../../x", false)]
    [InlineData("I:x", false)]
    [InlineData("I:\\", false)]
    [InlineData("I:\\\\x", false)]
    [InlineData("I:\\x\\", false)]
    [InlineData("\\\\server\\share", false)]
    [InlineData("weights0.slot", false)]
    [InlineData("..\\x", false)]
    [InlineData("I:\\C:\\x", false)]
    [InlineData("i:\\x", false)]
    [InlineData("I:\\x\u0000y", false)]
    [InlineData("", false)]
    public void A_path_is_a_drive_and_names(string path, bool isPath)
    {
        EmulatedFiles files = new();
        Machine machine = NewMachine(files);
        string fault = (string)machine.Invoke("Files", "Open", path, true)!;
        Assert.Equal(isPath, fault.Length == 0);
        Assert.Equal(isPath ? [path] : [], files.Paths);
        Assert.Equal(isPath, machine.Invoke("Files", "Exists", path));
        Assert.Equal(isPath, ((string)machine.Invoke("Files", "Open", path, false)!).Length == 0);
    }

    [Fact]
    public void What_is_not_the_boards_can_be_neither_read_nor_written()
    {
        EmulatedFiles files = new();
        files.WriteAll("I:\\linked2", [1]);
        files.Refuse("I:\\linked");
        foreach (string path in new[] { "I:\\linked", "I:\\linked\\passwd" })
        {
            Assert.Contains("a link", Fault(files, path, create: false));
            Assert.Contains("a link", Fault(files, path, create: true));
        }

        Assert.Equal("", NewMachine(files).Invoke("Files", "Open", "I:\\linked2", false));
        Assert.Contains("no such file", Fault(files, "I:\\other", create: false));
        Assert.Throws<ArgumentException>(() => files.WriteAll("..\\x", [1]));
    }

    /// <summary>What the desk is told of an IOException that the program does not catch; on the board it has no message.</summary>
    private static string Fault(EmulatedFiles files, string path, bool create)
    {
        DeviceProgramException error =
            Assert.Throws<DeviceProgramException>(() => NewMachine(files).Invoke("Files", "OpenOrThrow", path, create));
        Assert.Equal("System.IO.IOException", error.DeviceType);
        return error.DeviceMessage!;
    }

    private static Machine NewMachine(EmulatedFiles files)
    {
        Machine machine = new(BoardProfile.Load("esp32"), Programs.Own, TextWriter.Null) { Peripherals = new() { Files = files } };
        machine.Start();
        return machine;
    }
}
