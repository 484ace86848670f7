using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Export.Deploy;
using Tiny.Training.Files;

namespace Tiny.Cli.Commands;

/// <summary>tiny export --format deploy: the model, nanoff's file list and a text that says what to run.</summary>
internal sealed class DeployExport
{
    private const string KeyPath = @"I:\update.key";
    private const string Advice = "Name another folder with --out, or write over it with --force";

    private readonly Option<string?> boardPath =
        new("--board-path")
        {
            Description = "deploy: where the model goes on the board; default: I:\\ and the model file's name",
            HelpName = "PATH"
        };
    private readonly Option<string?> serialPort =
        new("--serial-port") { Description = "deploy: the board's port, to stand in the file list, such as COM3", HelpName = "PORT" };
    private readonly Option<string?> key =
        new("--key")
        {
            Description = "deploy: the key that updates are signed with (tiny sign), to go on the board as I:\\update.key",
            HelpName = "FILE"
        };

    internal void AddTo(Command command)
    {
        command.Options.Add(boardPath);
        command.Options.Add(serialPort);
        command.Options.Add(key);
    }

    /// <summary>Refuses what another format has no use for.</summary>
    /// <exception cref="UsageException">One of the options was given.</exception>
    internal void RefuseFor(ParseResult parsed, string format)
    {
        foreach (Option<string?> option in new[] { boardPath, serialPort, key })
        {
            if (parsed.GetValue(option) is not null)
            {
                throw new UsageException($"{option.Name} goes with --format deploy, not with {format}.");
            }
        }
    }

    /// <summary>Writes the files.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The model.</param>
    /// <param name="folder">The folder to write into.</param>
    /// <param name="force">Whether files may be replaced that tiny has not written.</param>
    /// <returns>The files, the model first.</returns>
    internal IReadOnlyList<string> Run(ParseResult parsed, string path, string folder, bool force)
    {
        string copy = Path.Combine(folder, Path.GetFileName(path));
        string to = parsed.GetValue(boardPath) ?? Deployment.DefaultPath(path);
        if (!Deployment.IsBoardPath(to))
        {
            throw new UsageException($"{(parsed.GetValue(boardPath) is null ? "the model's name gives" : boardPath.Name)} {to}: expected a "
                + "path on the board such as I:\\gestures.tiny. Name one with --board-path.");
        }

        Deployment deployment = new(copy, to) { SerialPort = parsed.GetValue(serialPort) };
        RunFiles files = new RunFiles().ReadsModel("MODEL", path).Reads(key.Name, parsed.GetValue(key))
            .WritesInto("--out", folder, deployment.ListName, deployment.TextName);
        bool isThere = FilePath.Identity(path) == FilePath.Identity(copy);
        (isThere ? files : files.WritesInto("--out", folder, Path.GetFileName(copy))).Check();
        (byte[] blob, Network network) = ModelFile.Load(path);
        if (parsed.GetValue(key) is string secret)
        {
            KeyFile.Load(secret);
            deployment.With(KeyPath, secret);
        }

        IReadOnlyList<DeployFile> beside = deployment.Files(network, blob.Length);
        if (!force)
        {
            CheckOurs(folder, beside, isThere ? null : copy, blob);
        }

        OutputFile.MakeFolder(folder);
        if (!isThere)
        {
            OutputFile.Write(copy, blob);
        }

        foreach (DeployFile file in beside)
        {
            OutputFile.Write(Path.Combine(folder, file.Name), file.Bytes);
        }

        Words.Say($"Run nanoff --filedeployment {Path.Combine(folder, deployment.ListName)}; {deployment.TextName} says the rest.");
        return [copy, .. beside.Select(file => Path.Combine(folder, file.Name))];
    }

    /// <summary>Files that tiny wrote are replaced; a model is one if tiny's list stands beside it, or if it is the same.</summary>
    private static void CheckOurs(string folder, IReadOnlyList<DeployFile> beside, string? copy, byte[] blob)
    {
        foreach (DeployFile file in beside)
        {
            OutputFile.CheckOurs(Path.Combine(folder, file.Name), Deployment.Mark, Advice);
        }

        if (copy is not null && FileStatus.Of(copy).Kind == FileKind.Ordinary && !File.Exists(Path.Combine(folder, beside[0].Name))
            && !ModelFile.IsSame(copy, blob))
        {
            throw new ModelException($"{copy}: is there already, and is another model. {Advice}.");
        }
    }
}
