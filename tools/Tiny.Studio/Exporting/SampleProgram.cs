using System.Globalization;
using Tiny.Anomaly;
using Tiny.Core;
using Tiny.Desk;
using Tiny.Features;
using Tiny.FewLabels;
using Tiny.Training.Evaluation;

namespace Tiny.Studio.Exporting;

/// <summary>The program of a sample: reads the sensor, computes the model's own features or streams, and says each answer.</summary>
internal sealed class SampleProgram
{
    private readonly Network network;
    private readonly SampleSensor sensor;
    private readonly SampleKinds kinds;
    private readonly bool isStream;
    private readonly bool isDetector;
    private readonly bool hasPrototypes;

    /// <summary>The program for a model.</summary>
    /// <param name="blob">The model.</param>
    /// <param name="network">The same, loaded.</param>
    /// <exception cref="Tiny.Training.Data.DataException">No sample can carry it.</exception>
    internal SampleProgram(byte[] blob, Network network)
    {
        this.network = network;
        FeatureDescription features = FeatureDescription.Of(network);
        sensor = new SampleSensor(features.Signal);
        kinds = SampleKinds.Of(blob, network);
        isStream = features.Kinds == FeatureKinds.Stream;
        IReadOnlyList<int> extras = BlobExtras.Tags(blob);
        isDetector = extras.Contains(AnomalySection.Tag);
        hasPrototypes = extras.Contains(PrototypeSection.Tag) && !isStream;
    }

    /// <summary>The sensor that it reads.</summary>
    internal SampleSensor Sensor => sensor;

    /// <summary>The libraries that it names, by their projects.</summary>
    internal IReadOnlyList<string> Libraries =>
    [
        .. new[] { "Tiny.Core", "Tiny.Features" }.Concat(kinds.Libraries).Concat(isDetector ? ["Tiny.Anomaly"] : [])
            .Concat(hasPrototypes ? ["Tiny.FewLabels"] : [])
            .Concat(isStream ? ["Tiny.Streaming"] : []).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The program's source.</summary>
    internal string ToSource() => SampleText.Fill(
        "Program.txt",
        ("loop", SampleText.Fill(isStream ? "StreamLoop.txt" : "WindowLoop.txt", ("answer", Indented(Answer())))),
        ("setup", SampleText.Fill(isStream ? "StreamSetup.txt" : "WindowSetup.txt")
            + string.Concat(Setup().Select(line => $"            {line}\n"))),
        ("usings", string.Join('\n', Libraries.Append("Tiny.Samples").Order(StringComparer.Ordinal).Select(name => $"using {name};"))),
        ("register", string.Concat(kinds.Register.Select(type => $"            {type}.Register();\n"))),
        ("summary", isStream ? "Tells of each event of a sensor's signal once, sample by sample."
            : isDetector ? "Tells how far a sensor's signal is from what is normal."
            : "Answers for each window of a sensor's signal."),
        ("period", sensor.Period.ToString(CultureInfo.InvariantCulture)),
        ("channels", sensor.Channels.Channels.ToString(CultureInfo.InvariantCulture)));

    private IEnumerable<string> Setup()
    {
        if (isDetector)
        {
            yield return "AnomalyDetector detector = new AnomalyDetector(network, blob, learns: false);";
            yield return "detector.SetAlarm(3, 5); // three of the last five windows";
        }
        else if (hasPrototypes)
        {
            yield return "PrototypeClassifier classifier = new PrototypeClassifier(network, blob, network.ClassCount);";
        }
        else if (!isStream)
        {
            yield return "float[] outputs = new float[network.Outputs];";
        }
    }

    private string[] Answer() => (isStream, isDetector, hasPrototypes, network.Task) switch
    {
        (true, _, _, NetworkTask.Regression) => ["stream.Answer(stream.Outputs);", .. Values("stream.Outputs")],
        (true, _, _, _) =>
        [
            "int found = stream.Detect();",
            "if (found >= 0)",
            "{",
            "    Console.WriteLine(network.GetOutputName(found));",
            "}",
        ],
        (_, true, _, _) =>
        [
            "bool alarm = detector.Observe(features);",
            "Console.WriteLine((int)(100f * detector.Smoothed / detector.Threshold) + \" %\" + (alarm ? \", alarm\" : \"\"));",
        ],
        (_, _, true, _) => ["Console.WriteLine(network.GetOutputName(classifier.Classify(features)));"],
        (_, _, _, NetworkTask.Regression) => ["network.Predict(features, outputs);", .. Values("outputs")],
        _ when AnswerValues.AreProbabilities(network) && network.Outputs > 1 =>
        [
            "int answer = network.Predict(features, outputs);",
            "Console.WriteLine(network.GetOutputName(answer) + \" \" + (int)(100f * outputs[answer]) + \" %\");",
        ],
        _ => ["Console.WriteLine(network.GetOutputName(network.Predict(features, outputs)));"],
    };

    private static string[] Values(string outputs) =>
    [
        "for (int i = 0; i < network.Outputs; i++)",
        "{",
        $"    Console.WriteLine(network.GetOutputName(i) + \" \" + {outputs}[i]);",
        "}",
    ];

    private static string Indented(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"                    {line}\n"));
}
