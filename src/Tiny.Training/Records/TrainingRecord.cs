using System.Text.Json;
using System.Text.Json.Serialization;
using Tiny.Core;
using Tiny.Training.Data.Columns;

namespace Tiny.Training.Records;

/// <summary>
/// What a training run was. It lies beside the model as MODEL.json, so that other commands find the same columns
/// and the same split again; TRAINING-RECORD.md describes the file. The device never needs it.
/// </summary>
/// <example>
/// <code>
/// TrainingRecord record = TrainingRecord.Parse(File.ReadAllBytes(TrainingRecord.PathFor("gestures.tiny")));
/// SplitPlan split = record.Split.ToPlan();                   // the same rows to test on
/// </code>
/// </example>
public sealed record TrainingRecord
{
    /// <summary>The version of the file's form that this version of Tiny writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>What <see cref="Kind"/> says: by it a file is known as a record.</summary>
    public const string RecordKind = "tiny training record";

    /// <summary>That it is a record.</summary>
    public required string Kind { get; init; }

    /// <summary>The version of the file's form.</summary>
    public required int Schema { get; init; }

    /// <summary>The version of Tiny that wrote it.</summary>
    public required string Version { get; init; }

    /// <summary>The command line without the program, an argument each.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The model that it belongs to.</summary>
    public required RecordedModel Model { get; init; }

    /// <summary>The file trained on.</summary>
    public required RecordedFile Data { get; init; }

    /// <summary>The file tested on, if it was one of its own.</summary>
    public RecordedFile? TestData { get; init; }

    /// <summary>How the files were read, as far as the user said so; null for IDX files.</summary>
    public RecordedReading? Reading { get; init; }

    /// <summary>What the rows' answers are.</summary>
    public required NetworkTask Task { get; init; }

    /// <summary>The label's column; null for IDX files.</summary>
    public RecordedLabel? Label { get; init; }

    /// <summary>The classes in the network's order with their rows; empty for a regression.</summary>
    public required IReadOnlyList<RecordedClass> Classes { get; init; }

    /// <summary>Which rows were trained on, and which tested on.</summary>
    public required RecordedSplit Split { get; init; }

    /// <summary>How many columns the data file has.</summary>
    public required int FileColumns { get; init; }

    /// <summary>Whether the columns' names are the data file's own.</summary>
    public required bool ColumnsAreNamed { get; init; }

    /// <summary>The network's inputs in its order, with the statistics of the training rows.</summary>
    public required IReadOnlyList<RecordedColumn> Columns { get; init; }

    /// <summary>The learning curve, of long runs some epochs evenly spaced.</summary>
    public IReadOnlyList<RecordedEpoch> History { get; init; } = [];

    /// <summary>
    /// Members that nothing is read from: the dialect found, options, figures, baselines, times, and whatever a later version adds.
    /// </summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }

    /// <summary>The record's file of a model's file.</summary>
    public static string PathFor(string modelPath) => modelPath + ".json";

    /// <summary>Reads a record. Members that it does not know are kept and not looked at.</summary>
    /// <param name="json">The bytes of the file, UTF-8.</param>
    /// <exception cref="RecordException">It is none, or damaged.</exception>
    public static TrainingRecord Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            TrainingRecord record = JsonSerializer.Deserialize<TrainingRecord>(json, RecordJson.Options)
                ?? throw new RecordException("it holds null, expected an object.");
            record.Check();
            return record;
        }
        catch (JsonException error)
        {
            throw new RecordException(RecordJson.Describe(error), error);
        }
    }

    /// <summary>The record as JSON, UTF-8 with line feeds; the same for the same run but for the member "time".</summary>
    /// <returns>The bytes of the file.</returns>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, RecordJson.Options), (byte)'\n'];

    /// <summary>
    /// The columns by which another file's are found; null for IDX files. Features of recordings have names and no positions.
    /// </summary>
    public ModelColumns? ToModelColumns() => Label is null
        ? null
        : new ModelColumns([.. Columns.Select(column => column.Name)], [.. Columns.Select(column => column.Position).OfType<int>()],
        Label.Name, Label.Position, ColumnsAreNamed, FileColumns);

    /// <summary>The learning curve as a run tells of it; null where none was kept.</summary>
    public IReadOnlyList<EpochProgress>? ToEpochs() => History.Count == 0
        ? null
        : [.. History.Select(epoch => new EpochProgress(epoch.Epoch, History[^1].Epoch, epoch.Loss, epoch.HeldBackLoss, 0))];

    private void Check()
    {
        if (Kind != RecordKind)
        {
            throw new RecordException($"kind: expected \"{RecordKind}\".");
        }

        if (Schema != CurrentSchema)
        {
            throw new RecordException($"it is of schema {Schema}, expected {CurrentSchema}.");
        }

        IEnumerable<int> positions = Columns.Select(column => column.Position).Append(Label?.Position).OfType<int>();
        if (Columns.Count == 0 || positions.Any(position => position < 0 || position >= FileColumns))
        {
            throw new RecordException($"columns: expected at least one, and positions from 0 to below {FileColumns}.");
        }

        Split.Check();
    }
}
