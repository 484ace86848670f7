using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core.Arithmetic;
using Tiny.Training.Files;
using Tiny.Training.Signing;
using Tiny.Updating;

namespace Tiny.Cli.Commands;

/// <summary>tiny sign: a model as a package that boards take from afar, the key it is signed with, and a check of both.</summary>
internal sealed class SignCommand
{
    private const int MostBytes = 256 << 20;

    private readonly Argument<string?> model =
        new("MODEL") { Description = "A model file; with --check a signed package", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> key = new("--key") { Description = "The key, the same file that the boards have", HelpName = "FILE" };
    private readonly Option<string?> output =
        new("--out") { Description = "The package to write; default: the model's name with .signed", HelpName = "FILE" };
    private readonly Option<int?> generation =
        new Option<int?>("--generation")
        {
            Description = "A number above all that were sent out before; default: seconds since the beginning of 2026",
            HelpName = "N"
        }
        .Within(value => value is null or > 0, "1 or more");

    private readonly Option<string?> newKey =
        new("--new-key") { Description = "Make a key of 32 random bytes; no file is ever written over", HelpName = "FILE" };
    private readonly Option<bool> check = new("--check") { Description = "Check a package: is it whole, and signed with the key?" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };

    internal static Command Create()
    {
        SignCommand sign = new();
        ExampleCommand command = new(
            "sign",
            "Signs a model (HMAC-SHA256), so that boards in the field take it and nobody else's. A board switches to it if it is newer "
                + "and does no worse.",
            "tiny sign --new-key update.key",
            "tiny sign gestures.tiny --key update.key --out gestures.signed",
            "tiny sign gestures.signed --key update.key --check");
        command.Arguments.Add(sign.model);
        foreach (Option option in new Option[] { sign.key, sign.output, sign.generation, sign.newKey, sign.check, sign.json })
        {
            command.Options.Add(option);
        }

        command.SetWork(sign.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string? path = parsed.GetValue(model);
        string? keyPath = parsed.GetValue(key);
        if (parsed.GetValue(newKey) is string made)
        {
            return path is null && keyPath is null && parsed.GetValue(output) is null && !parsed.GetValue(check)
                ? MakeKey(parsed, made)
                : throw new UsageException("--new-key makes a key and nothing else: sign with it in a run of its own.");
        }

        if (path is null || keyPath is null)
        {
            throw new UsageException(path is null
                ? "MODEL is missing: name the model to sign, or make a key with --new-key."
                : "--key is missing: name the key that the boards have. Make one with tiny sign --new-key.");
        }

        return parsed.GetValue(check) ? Check(parsed, path, keyPath) : Sign(parsed, path, keyPath);
    }

    private int MakeKey(ParseResult parsed, string path)
    {
        KeyFile.Create(path);
        Show(parsed, path, figures => figures["key_bytes"] = ModelSigner.KeyBytes);
        Words.Say("Put it on the boards before they leave, and keep it where nobody else reads it: who has it can change their models.");
        return ExitCode.Done;
    }

    private int Sign(ParseResult parsed, string path, string keyPath)
    {
        string file = parsed.GetValue(output) ?? Path.ChangeExtension(path, ".signed");
        new RunFiles().ReadsModel("MODEL", path).Reads(key.Name, keyPath).Writes(output.Name, file).Check();
        (byte[] blob, _) = ModelFile.Load(path);
        byte[] secret = KeyFile.Load(keyPath);
        int number = parsed.GetValue(generation) ?? ModelSigner.GenerationAt(DateTime.UtcNow)
            ?? throw new ModelException(
            "This machine's clock is before 2026 or behind 2094, so that it gives no generation. Set it, or name one with --generation.");
        if (parsed.GetValue(output) is null)
        {
            OutputFile.CheckOurs(file, Encoding.ASCII.GetString("TSGN"u8), "Name the package with --out");
        }

        byte[] package = ModelSigner.Sign(blob, number, secret);
        OutputFile.Write(file, package);
        Show(parsed, file, figures =>
        {
            figures["generation"] = number;
            figures["blob_bytes"] = blob.Length;
            figures["package_bytes"] = package.Length;
        });
        Words.Say($"Generation {number}, {Format.Bytes(package.Length)}. Boards that have this key take it if they hold an older one.");
        return ExitCode.Done;
    }

    private int Check(ParseResult parsed, string path, string keyPath)
    {
        if (parsed.GetValue(output) is not null || parsed.GetValue(generation) is not null)
        {
            throw new UsageException("--check writes nothing: leave out --out and --generation.");
        }

        byte[] package;
        try
        {
            package = InputFile.ReadAll(path, MostBytes, "TSGN"u8);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new ModelException($"{path}: cannot be read: {(Directory.Exists(path) ? "it is a folder" : FileFault.Reason(error))}.");
        }

        byte[] secret = KeyFile.Load(keyPath);
        if (ModelSigner.FaultOf(package, secret) is string fault)
        {
            throw new ModelException($"{path}: {fault}.");
        }

        Show(parsed, path, figures =>
        {
            figures["generation"] = PackageReader.GenerationOf(package);
            figures["blob_bytes"] = PackageReader.BlobBytesOf(package);
            figures["package_bytes"] = package.Length;
        });
        Words.Say($"Whole, and signed with {keyPath}: generation {FloatBits.ReadInt32(package, PackageFormat.GenerationAt)}, a model of "
            + $"{Format.Bytes(PackageReader.BlobBytesOf(package))}.");
        return ExitCode.Done;
    }

    private void Show(ParseResult parsed, string file, Action<JsonObject> fill)
    {
        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("sign");
            figures["files"] = Json.Strings([file]);
            fill(figures);
            Json.Print(figures);
        }
        else
        {
            Console.Out.WriteLine(file);
        }
    }
}
