using System.Text.Json;
using Tiny.Cli.Output;

namespace Tiny.Cli.Tests;

/// <summary>tiny export --format deploy: the model, nanoff's list, and what to run.</summary>
public sealed class DeployTests : WorkFolder
{
    [Fact]
    public void The_list_is_in_nanoffs_form_and_names_the_files_by_their_full_paths()
    {
        string model = Model();
        InProcess.Run("sign", "--new-key", At("k"));
        string[] files = [.. InProcess.Run(
            "export", model, "--format", "deploy", "--serial-port", "COM42", "--key", At("k"), "--out", At("d"), "--json").Json
            .GetProperty("files").EnumerateArray().Select(file => file.GetString()!)];
        Assert.Equal([At("d/model.tiny"), At("d/model.deploy.json"), At("d/model.deploy.txt")], files);
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(files[0]));
        using JsonDocument list = JsonDocument.Parse(File.ReadAllText(files[1]));
        Assert.Equal("COM42", list.RootElement.GetProperty("serialport").GetString());
        Assert.Equal(
            [(@"I:\model.tiny", At("d/model.tiny")), (@"I:\update.key", At("k"))],
            list.RootElement.GetProperty("files").EnumerateArray()
                .Select(file => (file.GetProperty("DestinationFilePath").GetString()!, file.GetProperty("SourceFilePath").GetString()!)));
        string text = File.ReadAllText(files[2]);
        Assert.Contains("nanoff --filedeployment model.deploy.json\n", text);
        Assert.Contains(@"<NF_StoragePath>I:\model.tiny</NF_StoragePath>", text);
        Assert.Contains(@"File.ReadAllBytes(""I:\\model.tiny"")", text);
    }

    [Fact]
    public void A_model_in_the_folder_itself_stays_where_it_is()
    {
        string model = Model();
        byte[] blob = File.ReadAllBytes(model);
        Assert.Equal(0, InProcess.Run(
            "export", model, "--format", "deploy", "--board-path", @"I:\m\now.tiny", "--out", Path.GetDirectoryName(model)!).ExitCode);
        Assert.Equal(blob, File.ReadAllBytes(model));
        HoldsOnly("model.deploy.json", "model.deploy.txt", "model.tiny");
        Assert.Contains(@"I:\\m\\now.tiny", File.ReadAllText(At("model.deploy.json")));
        Assert.Contains("--serialport COM3", File.ReadAllText(At("model.deploy.txt")));
    }

    [Fact]
    public void What_is_written_among_recordings_is_not_read_as_one_of_them()
    {
        string model = Model();
        Directory.CreateDirectory(At("moves"));
        Write("moves/rest_1.csv", "x,y\n1,2\n3,4\n");
        Write("moves/shake_1.csv", "x,y\n5,6\n7,8\n");
        string[] data = ["data", At("moves"), "--label-from", "{label}_*.csv"];
        string before = InProcess.Run(data).Output;
        Assert.Contains("2 recordings, 4 samples of 2 channels", before);
        Assert.Equal(0, InProcess.Run("export", model, "--format", "deploy", "--out", At("moves")).ExitCode);
        Assert.Equal(0, InProcess.Run("export", model, "--format", "deploy", "--out", At("moves/export")).ExitCode);
        Assert.Equal(before, InProcess.Run(data).Output);
    }

    [Fact]
    public void Files_that_tiny_did_not_write_stay_unless_forced()
    {
        string model = Model();
        Directory.CreateDirectory(At("d"));
        string other = Write("d/model.tiny", "TINY, another model");
        InProcess.Run("export", model, "--format", "deploy", "--out", At("d")).FailedWith(1, "another model", "--force");
        Assert.Equal("TINY, another model", File.ReadAllText(other));
        Assert.Equal(0, InProcess.Run("export", model, "--format", "deploy", "--out", At("d"), "--force").ExitCode);
        Assert.Equal(0, InProcess.Run("export", model, "--format", "deploy", "--out", At("d")).ExitCode); // tiny's own
        Write("d/model.deploy.json", "{ \"files\": [] }");
        InProcess.Run("export", model, "--format", "deploy", "--out", At("d")).FailedWith(1, "is there already");
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused()
    {
        string model = Model();
        InProcess.Run("export", model, "--format", "bytes", "--board-path", @"I:\m", "--out", At("d"))
            .FailedWith(2, "--board-path goes with --format deploy");
        foreach (string path in new[] { "", "model.tiny", @"I:\", @"i:\m", @"I:\..\m", @"I:\a/b", "I:\\m\n" })
        {
            InProcess.Run("export", model, "--format", "deploy", "--board-path", path, "--out", At("d"))
                .FailedWith(2, "expected a path on the board");
        }

        InProcess.Run("export", model, "--format", "deploy", "--key", At("none"), "--out", At("d")).FailedWith(1, "no such file");
        Assert.False(Directory.Exists(At("d")));
    }

    [Fact]
    public void A_server_is_a_folder_that_no_address_leads_out_of()
    {
        Directory.CreateDirectory(At("s"));
        Write("s/a.bin", "here");
        Write("secret", "not here");
        Func<string, byte[]?> server = ServerFolder.Open(At("s"));
        Assert.Equal("here"u8.ToArray(), server("http://192.168.1.10:8080/a.bin"));
        Assert.All(new[] { "http://x/", "http://x/b", "http://x/../secret", "http://x/%2e%2e%2fsecret", "ftp://x/a.bin", "a.bin",
            "file:///etc/passwd" }, url => Assert.Null(server(url)));
        Assert.Contains("no folder", Assert.Throws<ModelException>(() => ServerFolder.Open(At("none"))).Message);
    }
}
