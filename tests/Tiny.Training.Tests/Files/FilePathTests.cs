using Tiny.Training.Files;

namespace Tiny.Training.Tests.Files;

public sealed class FilePathTests : TestFolder
{
    [UnixFact]
    public void All_names_of_a_file_have_one_identity()
    {
        string file = Write("a.csv", "1");
        File.CreateSymbolicLink(At("link"), file);
        File.CreateSymbolicLink(At("link to link"), At("link"));
        Directory.CreateSymbolicLink(At("folder"), Path.GetDirectoryName(file)!);
        string[] names = [file, At("./a.csv"), At("link"), At("link to link"), At("folder/a.csv"),
            At("folder/../" + Path.GetFileName(Path.GetDirectoryName(file)) + "/a.csv"), HardLink("hard", "a.csv"),
            Path.GetRelativePath(".", file)];
        Assert.Single(names.Select(FilePath.Identity).Distinct());
        Assert.NotEqual(FilePath.Identity(file), FilePath.Identity(Write("b.csv", "1")));
    }

    [UnixFact]
    public void A_file_that_is_not_there_yet_is_its_folder_and_its_name()
    {
        Directory.CreateDirectory(At("real"));
        Directory.CreateSymbolicLink(At("folder"), At("real"));
        File.CreateSymbolicLink(At("link"), At("real/new"));
        Assert.Single(new[] { At("real/new"), At("folder/new"), At("real/../folder/./new"), At("link"), At("real/NEW") }
            .Select(FilePath.Identity).Distinct());
        Assert.NotEqual(FilePath.Identity(At("real/new")), FilePath.Identity(At("new")));
    }

    [UnixFact]
    public void An_open_file_has_the_identity_of_its_number()
    {
        using FileStream file = new(Write("a.csv", "1"), FileMode.Open);
        Assert.Equal(FilePath.Identity(At("a.csv")), FilePath.Identity($"/dev/fd/{file.SafeFileHandle.DangerousGetHandle()}"));
    }

    [UnixFact]
    public void The_kind_is_told()
    {
        Directory.CreateDirectory(At("folder"));
        Assert.Equal(FileKind.Missing, FileStatus.Of(At("none")).Kind);
        Assert.Equal(FileKind.Missing, FileStatus.Of("").Kind);
        Assert.Equal(FileKind.Ordinary, FileStatus.Of(Write("file", "")).Kind);
        Assert.Equal(FileKind.Folder, FileStatus.Of(At("folder")).Kind);
        Assert.Equal(FileKind.Pipe, FileStatus.Of(Pipe("pipe")).Kind);
        Assert.Equal(FileKind.CharacterDevice, FileStatus.Of("/dev/null").Kind);
    }

    [UnixFact]
    public void A_circle_of_links_leads_nowhere()
    {
        File.CreateSymbolicLink(At("a"), At("b"));
        File.CreateSymbolicLink(At("b"), At("a"));
        Assert.Throws<IOException>(() => FilePath.Target(At("a")));
    }
}
