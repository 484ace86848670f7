using System.Security.Cryptography;
using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>tiny sign: keys, packages and the check of both, as a user runs them.</summary>
public sealed class SignTests : WorkFolder
{
    [Fact]
    public void A_model_is_signed_and_the_package_is_checked()
    {
        string model = Model();
        Assert.Equal(0, InProcess.Run("sign", "--new-key", At("k")).ExitCode);
        Assert.Equal(32, File.ReadAllBytes(At("k")).Length);
        JsonElement made = InProcess.Run("sign", model, "--key", At("k"), "--generation", "7", "--out", At("p"), "--json").Json;
        byte[] package = File.ReadAllBytes(At("p"));
        byte[] blob = File.ReadAllBytes(model);
        Assert.Equal((7, blob.Length, package.Length),
            (made.GetProperty("generation").GetInt32(), made.GetProperty("blob_bytes").GetInt32(),
                made.GetProperty("package_bytes").GetInt32()));
        Assert.Equal(blob, package[24..^32]);
        Assert.Equal(HMACSHA256.HashData(File.ReadAllBytes(At("k")), package.AsSpan(0, package.Length - 32)), package[^32..]);
        Assert.Equal(7, InProcess.Run("sign", At("p"), "--key", At("k"), "--check", "--json").Json.GetProperty("generation").GetInt32());
    }

    [Fact]
    public void Each_signing_is_newer_than_the_one_before_and_goes_beside_the_model()
    {
        string model = Model();
        InProcess.Run("sign", "--new-key", At("k"));
        Assert.Equal(0, InProcess.Run("sign", model, "--key", At("k")).ExitCode);
        int first = InProcess.Run("sign", At("model.signed"), "--key", At("k"), "--check", "--json").Json.GetProperty("generation")
            .GetInt32();
        Assert.InRange(first, 1, int.MaxValue);
        Assert.Equal(0, InProcess.Run("sign", model, "--key", At("k")).ExitCode); // tiny's own is replaced
        Assert.InRange(InProcess.Run("sign", At("model.signed"), "--key", At("k"), "--check", "--json").Json.GetProperty("generation")
            .GetInt32(), first, int.MaxValue);
        HoldsOnly("k", "model.signed", "model.tiny");
    }

    [Fact]
    public void Nothing_is_written_over_that_tiny_sign_did_not_write()
    {
        string model = Model();
        InProcess.Run("sign", "--new-key", At("k"));
        byte[] key = File.ReadAllBytes(At("k"));
        InProcess.Run("sign", "--new-key", At("k")).FailedWith(1, "is there already", "never written over");
        InProcess.Run("sign", "--new-key", model).FailedWith(1, "is there already");
        InProcess.Run("sign", model, "--key", At("k"), "--out", At("k")).FailedWith(2, "would be overwritten");
        InProcess.Run("sign", model, "--key", At("k"), "--out", model).FailedWith(2, "would be overwritten");
        Write("model.signed", "a letter");
        InProcess.Run("sign", model, "--key", At("k")).FailedWith(1, "is there already", "--out");
        Assert.Equal(("a letter", Convert.ToHexString(key)),
            (File.ReadAllText(At("model.signed")), Convert.ToHexString(File.ReadAllBytes(At("k")))));
    }

    [Fact]
    public void What_is_wrong_with_a_package_is_said_with_the_place()
    {
        string model = Model();
        InProcess.Run("sign", "--new-key", At("k"));
        InProcess.Run("sign", "--new-key", At("other"));
        InProcess.Run("sign", model, "--key", At("k"), "--out", At("p"));
        byte[] package = File.ReadAllBytes(At("p"));
        InProcess.Run("sign", At("p"), "--key", At("other"), "--check")
            .FailedWith(1, "not signed with this key", $"byte {package.Length - 32}");
        InProcess.Run("sign", model, "--key", At("k"), "--check").FailedWith(1, "no signed package");
        File.WriteAllBytes(At("p"), package[..^1]);
        InProcess.Run("sign", At("p"), "--key", At("k"), "--check").FailedWith(1, $"has {package.Length - 1} bytes", $"{package.Length}");
        package[30]++;
        File.WriteAllBytes(At("p"), package);
        InProcess.Run("sign", At("p"), "--key", At("k"), "--check").FailedWith(1, "is damaged", "byte 16");
    }

    [Fact]
    public void Wrong_usage_is_told_what_is_missing()
    {
        string model = Model();
        InProcess.Run("sign").FailedWith(2, "MODEL is missing", "--new-key");
        InProcess.Run("sign", model).FailedWith(2, "--key is missing");
        InProcess.Run("sign", model, "--key", At("none")).FailedWith(1, "no such file", "--new-key");
        InProcess.Run("sign", model, "--key", Write("short", "a short key")).FailedWith(1, "has 11 bytes", "16 or more");
        InProcess.Run("sign", model, "--new-key", At("k")).FailedWith(2, "makes a key and nothing else");
        InProcess.Run("sign", model, "--key", At("short"), "--generation", "0").FailedWith(2, "--generation", "1 or more");
        InProcess.Run("sign", model, "--key", At("short"), "--check", "--out", At("x")).FailedWith(2, "--check writes nothing");
    }
}
