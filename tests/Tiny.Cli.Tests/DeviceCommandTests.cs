using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>emulate, validate and info --board.</summary>
public sealed class DeviceCommandTests : WorkFolder
{
    [Fact]
    public void Emulate_runs_a_program_and_counts()
    {
        ProcessResult run = InProcess.Run("emulate", Program("Program"), "--board", "stm32f091");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["0 and 0 is 0", "1 and 0 is 0", "0 and 1 is 0", "1 and 1 is 1"],
            run.Output.TrimEnd().Split('\n').Select(line => line.Trim()));
        Assert.Contains("instructions, about", run.Errors);
        JsonElement json = InProcess.Run("emulate", Program("Program"), "--json").Json;
        Assert.InRange(json.GetProperty("instructions").GetInt64(), 1_000_000, 100_000_000);
        Assert.InRange(json.GetProperty("heap_peak").GetInt64(), 1_000, 20_000);
        Assert.True(json.GetProperty("allocated").GetInt64() >= json.GetProperty("heap_peak").GetInt64());
        Assert.Equal(1, json.GetProperty("passed").GetInt32());
        Assert.Equal(json.GetProperty("flash_bytes").GetInt32(),
            json.GetProperty("assemblies").EnumerateObject().Sum(assembly => assembly.Value.GetInt32()));
        Assert.InRange(json.GetProperty("heap_before_main").GetInt32(), 684 + 204 + 4056, 10_000);
        Assert.True(json.GetProperty("fits").GetBoolean());
    }

    [Fact]
    public void Info_tells_what_a_board_has_no_room_for_and_what_would_fit()
    {
        string data = Write("d.csv", string.Join(',', Enumerable.Range(0, 33).Select(i => $"x{i}")) + ",y\n"
            + string.Concat(Enumerable.Range(0, 60)
            .Select(row => string.Join(',', Enumerable.Range(0, 33).Select(i => (row * (i + 3)) % 17)) + $",{row % 4}\n")));
        Assert.Equal(0, InProcess.Run("train", data, "--label", "y", "--task", "classification", "--layers", "20,10", "--epochs", "1",
            "--out", At("m.tiny")).ExitCode);
        JsonElement small = InProcess.Run("info", At("m.tiny"), "--board", "stm32f091", "--json").Json;
        Assert.Equal("small", small.GetProperty("kernels").GetString());
        Assert.Equal(69_632, small.GetProperty("flash_area").GetInt32());
        Assert.InRange(small.GetProperty("flash_bytes").GetInt32(), 32_536 + 15_000, 69_632);
        Assert.InRange(small.GetProperty("heap_before_main").GetInt32(), 684 + 204 + 4056, 8_000);
        Assert.Equal(small.GetProperty("fits").GetBoolean(),
            small.GetProperty("predict_heap").GetInt64() <= small.GetProperty("heap_bytes").GetInt64() - 32);
        Assert.Equal(small.GetProperty("fits").GetBoolean(), small.GetProperty("would_fit").ValueKind == JsonValueKind.Null);
        JsonElement large = InProcess.Run("info", At("m.tiny"), "--board", "stm32f4", "--json").Json;
        Assert.Equal(("wide", true, true), (large.GetProperty("kernels").GetString(), large.GetProperty("fits").GetBoolean(),
            large.GetProperty("fits_learning").GetBoolean()));
        Assert.Contains("Tiny.Core.Wide", InProcess.Run("info", At("m.tiny"), "--board", "stm32f4").Output);
    }

    [Fact]
    public void Emulate_runs_device_tests_and_speaks_the_launchers_protocol()
    {
        ProcessResult run = InProcess.Run("emulate", Program("NFUnitTest"), "--board", "rp2040");
        Assert.Equal(0, run.ExitCode);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal("Done.", lines[^1].Trim());
        Assert.All(lines[..^1], line => Assert.StartsWith("Test passed,", line));
        Assert.InRange(lines.Length, 15, 500);
    }

    [Fact]
    public void Emulate_refuses_what_the_device_would_choke_on_before_it_runs()
    {
        ProcessResult run = InProcess.Run("emulate", Program("Planted"));
        run.FailedWith(1, "Planted.Matrix.Call(): uses System.Int32[0...,0...]", "nothing was run");
    }

    [Fact]
    public void Emulate_says_what_is_wrong_with_its_input()
    {
        InProcess.Run("emulate", TinyProcess.Gestures).FailedWith(1, "is no .NET assembly");
        InProcess.Run("emulate", At("none.dll")).FailedWith(1, "cannot be read");
        InProcess.Run("emulate", typeof(DeviceCommandTests).Assembly.Location).FailedWith(1, "nanoFramework's assemblies");
        InProcess.Run("emulate", Program("Program"), "--board", "stm32f9").FailedWith(2, "Did you mean stm32f4?");
        InProcess.Run("emulate", Program("NFUnitTest"), "--nanoclr").FailedWith(1, "nanoclr is neither on PATH nor named by TINY_NANOCLR");
    }

    [Fact]
    public void Validate_finds_every_row_equal()
    {
        string model = Model();
        JsonElement json = InProcess.Run("validate", model, TinyProcess.Gestures, "--board", "rp2040", "--json").Json;
        Assert.Equal(600, json.GetProperty("rows").GetInt32());
        Assert.Equal(600, json.GetProperty("bit_equal").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("first_difference").ValueKind);
    }

    [Fact]
    public void Info_counts_on_the_board_and_says_whether_the_model_fits()
    {
        string model = Model();
        JsonElement small = InProcess.Run("info", model, "--board", "stm32f091", "--json").Json;
        Assert.True(small.GetProperty("fits").GetBoolean());
        Assert.InRange(small.GetProperty("learn_instructions").GetInt64(), small.GetProperty("instructions").GetInt64(), 10_000_000);
        Assert.Equal(0, InProcess.Run(
            "train", TinyProcess.Gestures, "--epochs", "1", "--layers", "200", "--out", At("large.tiny")).ExitCode);
        JsonElement large = InProcess.Run("info", At("large.tiny"), "--board", "stm32f091", "--json").Json;
        Assert.False(large.GetProperty("fits").GetBoolean());
        Assert.True(InProcess.Run("info", At("large.tiny"), "--board", "esp32", "--json").Json.GetProperty("fits").GetBoolean());
    }

    private static string Program(string name) => Path.Combine(AppContext.BaseDirectory, "programs", name + ".dll");
}
