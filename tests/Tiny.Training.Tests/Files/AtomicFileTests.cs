using System.Runtime.Versioning;
using Tiny.Training.Files;
using Tiny.Training.Tests.Files;

namespace Tiny.Training.Tests.Files;

public sealed class AtomicFileTests : TestFolder
{
    [UnixFact]
    public void A_link_stays_and_the_file_that_it_leads_to_is_replaced()
    {
        string file = Write("real.tiny", "old");
        File.CreateSymbolicLink(At("link"), "real.tiny");
        AtomicFile.Write(At("link"), "new"u8.ToArray());
        Assert.Equal("real.tiny", new FileInfo(At("link")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(file));
        HoldsOnly("link", "real.tiny");
    }

    [UnixFact]
    public void A_link_to_nothing_makes_what_it_leads_to()
    {
        Directory.CreateDirectory(At("models"));
        File.CreateSymbolicLink(At("link"), At("models/later.tiny"));
        AtomicFile.Probe(At("link"));
        AtomicFile.Write(At("link"), "new"u8.ToArray());
        Assert.Equal("new", File.ReadAllText(At("models/later.tiny")));
        Assert.NotNull(new FileInfo(At("link")).LinkTarget);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Permissions_stay_as_they_were()
    {
        string file = Write("shared.tiny", "old");
        UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
            | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(file, mode);
        AtomicFile.Write(file, "new"u8.ToArray());
        Assert.Equal(mode, File.GetUnixFileMode(file));
        Assert.Equal("new", File.ReadAllText(file));
    }

    [Fact]
    public void A_file_named_part_is_left_alone()
    {
        Write("m.tiny.part", "mine");
        AtomicFile.Write(At("m.tiny"), [1, 2, 3]);
        Assert.Equal("mine", File.ReadAllText(At("m.tiny.part")));
        HoldsOnly("m.tiny", "m.tiny.part");
    }

    [Fact]
    public void What_fails_half_way_leaves_the_old_file_and_nothing_beside_it()
    {
        string file = Write("m.tiny", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(file, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(file));
        HoldsOnly("m.tiny");
    }

    [Fact]
    public void Of_many_that_write_at_once_each_writes_a_whole_file()
    {
        Parallel.For(0, 64, i => AtomicFile.Write(At("m.tiny"), [.. Enumerable.Repeat((byte)i, 10_000 + i)]));
        byte[] bytes = File.ReadAllBytes(At("m.tiny"));
        Assert.Equal(10_000 + bytes[0], bytes.Length);
        Assert.Single(bytes.Distinct());
        HoldsOnly("m.tiny");
    }

    [UnixFact]
    public void A_pipe_is_written_into()
    {
        string pipe = Pipe("pipe");
        Task<byte[]> read = Task.Run(() => InputFile.ReadAll(pipe, 1000));
        AtomicFile.Probe(pipe);
        AtomicFile.Write(pipe, [1, 2, 3]);
        Assert.Equal([1, 2, 3], read.Result);
        Assert.Equal(FileKind.Pipe, FileStatus.Of(pipe).Kind);
        HoldsOnly("pipe");
    }

    [UnixFact]
    public void A_device_is_written_into()
    {
        AtomicFile.Probe("/dev/null");
        AtomicFile.Write("/dev/null", [1, 2, 3]);
        Assert.Equal(FileKind.CharacterDevice, FileStatus.Of("/dev/null").Kind);
        Assert.Contains("No space", Assert.Throws<IOException>(() => AtomicFile.Write("/dev/full", [1])).Message);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Whether_it_could_be_written_is_found_out_without_a_change()
    {
        string file = Write("m.tiny", "old");
        DateTime written = File.GetLastWriteTimeUtc(file);
        AtomicFile.Probe(file);
        AtomicFile.Probe(At("new.tiny"));
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Probe(At("no/m.tiny")));
        Assert.Contains("folder", Assert.Throws<IOException>(() => AtomicFile.Probe(Path.GetDirectoryName(file)!)).Message);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Assert.Contains("read-only", Assert.Throws<IOException>(() => AtomicFile.Probe(file)).Message);
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        HoldsOnly("m.tiny");
    }
}
