using System.Text;
using Tiny.Studio.Folders;
using Tiny.Training.Data;

namespace Tiny.Studio.Tests.Folders;

public sealed class WorkspaceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-workspace-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void All_is_undone_to_the_beginning_and_done_again_to_the_end()
    {
        File.WriteAllText(At("labels.csv"), "mine");
        using Workspace workspace = new(folder.FullName);
        for (int i = 0; i < 30; i++)
        {
            Put(workspace, i % 3 == 0 ? "labels.csv" : $"{i % 3}.csv", i % 7 == 6 ? null : $"text {i}");
        }

        Dictionary<string, string> end = Snapshot();
        int undone = 0;
        while (workspace.Undo())
        {
            undone++;
        }

        Assert.Equal(new Dictionary<string, string> { ["labels.csv"] = "mine" }, Snapshot());
        while (workspace.Redo())
        {
            undone--;
        }

        Assert.Equal(0, undone);
        Assert.Equal(end, Snapshot());
        workspace.Undo();
        Put(workspace, "1.csv", "another way");
        Assert.Null(workspace.ToRedo);
    }

    [Fact]
    public void What_can_be_undone_outlasts_the_process()
    {
        using (Workspace first = new(folder.FullName))
        {
            Put(first, "labels.csv", "one");
            Put(first, "labels.csv", "two");
            first.Undo();
        }

        using Workspace second = new(folder.FullName);
        Assert.Equal("put labels.csv", second.ToUndo);
        Assert.True(second.Redo());
        Assert.Equal("two", File.ReadAllText(At("labels.csv")));
        Assert.True(second.Undo() && second.Undo());
        Assert.False(File.Exists(At("labels.csv")));
        Assert.False(second.Undo());
    }

    [Fact]
    public void An_action_whose_line_was_written_is_finished_at_the_next_start()
    {
        using (Workspace workspace = new(folder.FullName))
        {
            Put(workspace, "labels.csv", "before");
            Put(workspace, "labels.csv", "after");
        }

        File.WriteAllText(At("labels.csv"), "before"); // as if the process had ended before the file was replaced
        using Workspace again = new(folder.FullName);
        Assert.Equal("after", File.ReadAllText(At("labels.csv")));
    }

    [Fact]
    public void A_line_that_was_cut_off_never_happened()
    {
        using (Workspace workspace = new(folder.FullName))
        {
            Put(workspace, "labels.csv", "one");
            Put(workspace, "labels.csv", "two");
        }

        string journal = At(".studio/journal.jsonl");
        byte[] whole = File.ReadAllBytes(journal);
        int first = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int length = first; length < whole.Length; length++)
        {
            File.WriteAllBytes(journal, whole[..length]);
            File.WriteAllText(At("labels.csv"), "one"); // an action's line comes before its files
            using Workspace workspace = new(folder.FullName);
            Assert.Equal(1, workspace.Version);
            Assert.Equal("one", File.ReadAllText(At("labels.csv")));
        }
    }

    [Fact]
    public void Labels_that_another_program_wrote_are_kept_and_can_be_undone()
    {
        using Workspace workspace = new(folder.FullName);
        Put(workspace, "labels.csv", "ours");
        File.WriteAllText(At("labels.csv"), "theirs");
        Put(workspace, "1.csv", "more");
        Assert.Equal("theirs", File.ReadAllText(At("labels.csv")));
        Assert.True(workspace.Undo() && workspace.Undo());
        Assert.Equal("ours", File.ReadAllText(At("labels.csv")));
        Assert.True(workspace.Redo());
        Assert.Equal("theirs", File.ReadAllText(At("labels.csv")));
    }

    [Fact]
    public void A_recording_that_changed_since_is_not_overwritten_by_undoing()
    {
        using Workspace workspace = new(folder.FullName);
        Put(workspace, "take.csv", "trimmed");
        File.WriteAllText(At("take.csv"), "recorded anew");
        Assert.Contains("changed outside", Assert.Throws<DataException>(() => workspace.Undo()).Message);
        Assert.Equal("recorded anew", File.ReadAllText(At("take.csv")));
    }

    [Fact]
    public void A_folder_has_one_studio_at_a_time()
    {
        using (new Workspace(folder.FullName))
        {
            Assert.Contains("another tiny studio", Assert.Throws<DataException>(() => new Workspace(folder.FullName)).Message);
        }

        using Workspace after = new(folder.FullName);
        Assert.Equal(0, after.Version);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData(".hidden")]
    [InlineData("-option")]
    [InlineData("con")]
    [InlineData("NUL.csv")]
    [InlineData("a\0b")]
    [InlineData("")]
    [InlineData("x:y")]
    public void A_name_leads_nowhere(string name) => Assert.Throws<SelectionException>(() => FolderNames.Check(name));

    [Theory]
    [InlineData("shake", "shake")]
    [InlineData("../../x", "x")]
    [InlineData("up & down", "up - down")]
    [InlineData("nul", "recording")]
    [InlineData("größer", "größer")]
    public void A_label_becomes_a_name(string label, string name)
    {
        Assert.Equal(name, FolderNames.Of(label));
        Assert.Equal(name, FolderNames.Check(FolderNames.Of(label)));
    }

    private static void Put(Workspace workspace, string name, string? text) =>
        workspace.Do($"put {name}", () => new Dictionary<string, byte[]?> { [name] = text is null ? null : Encoding.UTF8.GetBytes(text) });

    private string At(string name) => Path.Combine(folder.FullName, name);

    private Dictionary<string, string> Snapshot() =>
        Directory.EnumerateFiles(folder.FullName).ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
}
