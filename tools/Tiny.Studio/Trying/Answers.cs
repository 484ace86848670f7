using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Features;
using Tiny.Studio.Folders;
using Tiny.Studio.Signals;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Evaluation;

namespace Tiny.Studio.Trying;

/// <summary>A model's answers for the windows of a recording, read and computed as by tiny predict: the same bits.</summary>
internal static class Answers
{
    /// <summary>The network of a model's file.</summary>
    /// <exception cref="DataException">It is none, or none for recordings.</exception>
    internal static Network Load(Workspace workspace, string file)
    {
        Network network = Network.FromBlob(workspace.Read(file) ?? throw new DataException($"{file} is gone."));
        return network.Notes.FeatureBytes > 0 ? network
            : throw new DataException("This model was trained on a table, not on recordings. Try it with tiny report.");
    }

    /// <summary>The name of a class.</summary>
    internal static string NameOf(Network network, int index) => network.GetOutputName(index);

    /// <summary>The values of the outputs, one for each name.</summary>
    internal static IEnumerable<float> Values(Network network, float[] outputs) => AnswerValues.Of(network, outputs);

    /// <summary>The answers.</summary>
    /// <param name="workspace">The folder.</param>
    /// <param name="network">The model.</param>
    /// <param name="entry">The recording.</param>
    /// <param name="labels">The labeled stretches of the recording.</param>
    internal static JsonObject Of(Workspace workspace, Network network, RecordingEntry entry, IReadOnlyList<LabeledStretch> labels)
    {
        FeatureDescription features = FeatureDescription.Of(network);
        CsvOptions options = new() { SkipBadRows = true, DropMissing = true };
        using RecordingSource source = RecordingSource.ForModel(
            network, RecordingFiles.OneOf(workspace.Folder, entry.File, options), options, needsLabel: false);
        WindowReader windows = new(source, features);
        float[] inputs = new float[network.Inputs];
        float[] outputs = new float[network.Outputs];
        bool isClassification = network.Task == NetworkTask.Classification;
        JsonArray answers = [];
        while (windows.Next(inputs))
        {
            if (source.Recordings[^1].Name != entry.Name)
            {
                continue;
            }

            int answer = network.Predict(inputs, outputs);
            long to = source.Position + 1;
            answers.Add(new JsonObject
            {
                ["from"] = to - features.Window,
                ["to"] = to,
                ["label"] = isClassification ? NameOf(network, answer) : null,
                ["actual"] = Actual(entry, labels, to - features.Window, to),
                ["outputs"] = new JsonArray([.. Values(network, outputs).Select(value => JsonValue.Create(value))]),
            });
        }

        return new JsonObject
        {
            ["names"] = new JsonArray([.. Enumerable.Range(0, isClassification ? network.ClassCount : network.Outputs)
                .Select(index => JsonValue.Create(NameOf(network, index)))]),
            ["probabilities"] = AnswerValues.AreProbabilities(network),
            ["window"] = features.Window,
            ["hop"] = features.Hop,
            ["answers"] = answers,
        };
    }

    /// <summary>The label of a window: that of the stretch it lies in; null where it lies in none.</summary>
    private static string? Actual(RecordingEntry entry, IReadOnlyList<LabeledStretch> labels, long from, long to) => labels.Count == 0
        ? entry.Label.Length > 0 ? entry.Label : null
        : labels.FirstOrDefault(stretch => stretch.From <= from && to <= stretch.To)?.Label;
}
