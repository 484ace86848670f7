using System.Globalization;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Training.Kinds;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// Writes a model as C# 9 source for the device: straight-line, its weights in the code, nothing but mscorlib beneath it, and answers to
/// the bit those of Tiny.Core. The fastest way to predict, and the one that takes no RAM for weights.
/// </summary>
/// <remarks>The same model gives the same text: there is no time and no path in it.</remarks>
/// <example>
/// <code>
/// string source = CSharpExporter.Export(network, "Gestures", "GestureModel");
/// File.WriteAllText("GestureModel.cs", source);
/// </code>
/// </example>
public static class CSharpExporter
{
    /// <summary>The IL an assembly holds, less what the support code and a small program take.</summary>
    public const int MostCode = 60_000;

    private const int MostCompared = 64;

    /// <summary>The source of a class that predicts as the network does.</summary>
    /// <param name="network">The network.</param>
    /// <param name="threshold">The score above which a sample is an anomaly, of a network that gives a score; null for others.</param>
    /// <exception cref="ExportException">The model is too large for an assembly of the device, or
    /// has a layer that cannot be written as source.</exception>
    public static ClassSource Of(Network network, float? threshold = null)
    {
        CheckSize(network);
        NetworkParts parts = new(network);
        return new ClassSource(
            [
                $"A neural network, {Shape(network)}, {ClassSource.Mark}. It predicts as Tiny.Core does with the same model, to the bit.",
                "Not for editing by hand: export the model anew.",
            ],
            ["System"],
            $"A network of {network.Inputs} inputs and {network.Outputs} outputs. Predicting allocates nothing; one thread at a time.",
            text => Class(text, network, parts, threshold));
    }

    /// <summary>The same as text.</summary>
    /// <param name="network">The model.</param>
    /// <param name="namespaceName">Its namespace.</param>
    /// <param name="className">Its name.</param>
    /// <exception cref="ExportException">The source would not compile under these names, or the
    /// model is too large for an assembly of the device.</exception>
    public static string Export(Network network, string namespaceName, string className) => Of(network).Named(namespaceName, className);

    private static void CheckSize(Network network)
    {
        long int8Bytes = 0;
        long floatBytes = 0;
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.GetLayer(i);
            long each = NetworkParts.SourceOf(layer).BytesOf(layer);
            int8Bytes += DeskKinds.Of(layer).IsInt8 ? each : 0;
            floatBytes += DeskKinds.Of(layer).IsInt8 ? 0 : each;
        }

        long bytes = int8Bytes + floatBytes;
        if (bytes > MostCode)
        {
            string advice = floatBytes > int8Bytes
                ? "Quantize it (tiny quantize), make its layers narrower, or load the blob."
                : "Make its layers narrower, or load the blob.";
            throw new ExportException(string.Create(CultureInfo.InvariantCulture,
                $"the model's {network.ParameterCount:#,0} parameters would take about {bytes:#,0} bytes of IL; an assembly of the device "
                    + $"holds 65,535, {MostCode:#,0} of them for weights. {advice}"));
        }
    }

    internal static string Shape(Network network)
    {
        DeskKind[] kinds = [.. Enumerable.Range(0, network.LayerCount).Select(i => DeskKinds.Of(network.GetLayer(i)))];
        return string.Join("-", Enumerable.Range(0, network.LayerCount).Select(i => network.GetLayer(i).Outputs).Prepend(network.Inputs))
            + ", " + string.Join(" and ", kinds.Select(kind => kind.Weights).Distinct());
    }

    private static void Class(CSharpText text, Network network, NetworkParts parts, float? threshold)
    {
        bool classifies = network.Task == NetworkTask.Classification;
        text.Line("/// <summary>Values a prediction takes.</summary>");
        text.Line($"public const int Inputs = {network.Inputs};");
        text.Blank();
        text.Line("/// <summary>Values a prediction gives.</summary>");
        text.Line($"public const int Outputs = {network.Outputs};");
        text.Blank();
        if (threshold is float anomaly)
        {
            text.Line("/// <summary>A score above this is an anomaly.</summary>");
            text.Line($"public const float Threshold = {CSharpText.Float(anomaly)};");
            text.Blank();
        }

        parts.Fields(text);
        if (classifies)
        {
            text.Line("private static readonly float[] scores = new float[Outputs];");
            text.Blank();
        }

        Names(text, network);
        text.Blank();
        Features(text, network);
        Predict(text, network, parts);
        if (classifies)
        {
            Classify(text, network, parts);
        }

        if (parts.TakesLevels)
        {
            PredictLevels(text, network, parts);
        }

        parts.Methods(text);
        SoftmaxSource.Method(text, network);
        foreach (string support in SupportSource.Text(parts.Support))
        {
            // Within the class, so that two models stand in one project.
            text.Blank();
            foreach (string line in support.Split('\n'))
            {
                text.Line(line);
            }
        }
    }

    private static void Predict(CSharpText text, Network network, NetworkParts parts)
    {
        text.Line("/// <summary>Predicts from one sample in the user's units.</summary>");
        text.Line("/// <param name=\"inputs\">(Inputs), all finite.</param>");
        text.Line("/// <param name=\"outputs\">Receives the outputs, (Outputs) or longer.</param>");
        text.Line("/// <returns>The class, or -1 for a regression.</returns>");
        text.Block("public static int Predict(float[] inputs, float[] outputs)", () =>
        {
            CheckInputs(text);
            CheckOutputs(text);
            parts.Call(text, "outputs");
            Answer(text, network, parts);
        });
    }

    /// <summary>The same two from bytes, which cost less than floats.</summary>
    private static void PredictLevels(CSharpText text, Network network, NetworkParts parts)
    {
        const string Check = "if (given == null || given.Length != Inputs)";
        const string Fault = "throw new ArgumentException(\"expected \" + Inputs + \" levels.\", \"given\");";
        text.Blank();
        text.Line("/// <summary>Predicts from levels: what a camera or an ADC gives, without floats.</summary>");
        text.Line("/// <param name=\"given\">(Inputs), from 0 to 255.</param>");
        text.Line("/// <param name=\"outputs\">Receives the outputs, (Outputs) or longer.</param>");
        text.Line("/// <returns>The class, or -1 for a regression.</returns>");
        text.Block("public static int PredictLevels(byte[] given, float[] outputs)", () =>
        {
            text.Block(Check, () => text.Line(Fault));
            text.Blank();
            CheckOutputs(text);
            parts.CallLevels(text, "outputs");
            Answer(text, network, parts);
        });
        if (network.Task == NetworkTask.Classification)
        {
            text.Blank();
            text.Line("/// <summary>The class of levels, as PredictLevels gives it, without its probabilities.</summary>");
            text.Line("/// <param name=\"given\">(Inputs), from 0 to 255.</param>");
            text.Block("public static int ClassifyLevels(byte[] given)", () =>
            {
                text.Block(Check, () => text.Line(Fault));
                text.Blank();
                parts.CallLevels(text, "scores");
                Largest(text, network, parts, "scores");
            });
        }
    }

    private static void CheckOutputs(CSharpText text)
    {
        text.Block("if (outputs == null || outputs.Length < Outputs)",
            () => text.Line("throw new ArgumentException(\"expected room for \" + Outputs + \" outputs.\", \"outputs\");"));
        text.Blank();
    }

    /// <summary>The class alone, of scores: probabilities are in their order, and cost more than the rest of a small network.</summary>
    private static void Classify(CSharpText text, Network network, NetworkParts parts)
    {
        text.Blank();
        text.Line("/// <summary>The class of one sample in the user's units, as Predict gives it, without its probabilities.</summary>");
        text.Line("/// <param name=\"inputs\">(Inputs), all finite.</param>");
        text.Block("public static int Classify(float[] inputs)", () =>
        {
            CheckInputs(text);
            parts.Call(text, "scores");
            Largest(text, network, parts, "scores");
        });
    }

    private static void CheckInputs(CSharpText text)
    {
        text.Block("if (inputs == null || inputs.Length != Inputs)",
            () => text.Line("throw new ArgumentException(\"expected \" + Inputs + \" inputs.\", \"inputs\");"));
        text.Blank();
    }

    private static void Names(CSharpText text, Network network)
    {
        int count = network.Task == NetworkTask.Regression ? network.Outputs : network.ClassCount;
        text.Line("/// <summary>The name of a class, or of a regression's output.</summary>");
        text.Block("public static string GetOutputName(int index)", () =>
        {
            text.Block("switch (index)", () =>
            {
                for (int i = 0; i < count; i++)
                {
                    text.Line($"case {i}:");
                    text.Line($"    return {CSharpText.String(network.GetOutputName(i))};");
                }

                text.Line("default:");
                text.Line("    throw new ArgumentOutOfRangeException(\"index\");");
            });
        });
    }

    /// <summary>The description of the features, where the inputs are some: bytes, for there is no library beneath this.</summary>
    private static void Features(CSharpText text, Network network)
    {
        if (network.Notes.FeatureBytes == 0)
        {
            return;
        }

        byte[] description = new byte[network.Notes.FeatureBytes];
        network.Notes.CopyFeatures(description, 0);
        text.Line("/// <summary>What the inputs are features of, for Tiny.Features: new "
            + "FeaturePipeline(FeatureDescription.FromBytes(Features())).</summary>");
        text.Block("public static byte[] Features()", () => text.Line($"return new byte[] {{ {string.Join(", ", description)} }};"));
        text.Blank();
    }

    /// <summary>
    /// What Network does with what the last layer gives, which stands in outputs: softmax, scaling, a check, the decision.
    /// </summary>
    private static void Answer(CSharpText text, Network network, NetworkParts parts)
    {
        if (network.OutputFunction == Activation.Softmax)
        {
            text.Line($"int best = {SoftmaxSource.Call(network, "outputs")};");
            text.Block("if (best < 0)",
                () => text.Line("throw new InvalidOperationException(\"An output is not finite: the weights are too large.\");"));
            text.Blank();
            text.Line("return best;");
            return;
        }

        for (int i = 0; network.Task == NetworkTask.Regression && i < network.Outputs; i++)
        {
            text.Line($"outputs[{i}] = outputs["
                + $"{i}] * {CSharpText.Float(network.Scaling.OutputScales[i])} + {CSharpText.Float(network.Scaling.OutputMeans[i])};");
        }

        Largest(text, network, parts, "outputs");
    }

    /// <summary>The first of the largest, once all are known to be finite.</summary>
    private static void Largest(CSharpText text, Network network, NetworkParts parts, string outputs)
    {
        bool regression = network.Task == NetworkTask.Regression;
        if (parts.IsAlwaysFinite && !regression && network.Outputs is > 1 and <= MostCompared)
        {
            // A comparison each, without a loop.
            text.Line("int best = 0;");
            text.Line($"float most = {outputs}[0];");
            for (int i = 1; i < network.Outputs; i++)
            {
                int output = i;
                text.Block($"if ({outputs}[{i}] > most)", () =>
                {
                    text.Line($"most = {outputs}[{output}];");
                    text.Line($"best = {output};");
                });
                text.Blank();
            }

            text.Line("return best;");
            return;
        }

        text.Line("int largest = 0;");
        text.Block("for (int i = 0; i < Outputs; i++)", () =>
        {
            text.Line($"float value = {outputs}[i];");
            text.Block("if (value - value != 0f)",
                () => text.Line("throw new InvalidOperationException(\"An output is not finite: the weights are too large.\");"));
            text.Blank();
            text.Block($"if (value > {outputs}[largest])", () => text.Line("largest = i;"));
        });
        text.Blank();
        text.Line(regression ? "return -1;" : network.Outputs == 1 ? $"return {outputs}[0] >= 0.5f ? 1 : 0;" : "return largest;");
    }
}
