using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Training.Export.Onnx;
using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Matching;

/// <summary>What the outputs of a model mean: by the graph's end, by what its writer noted, and by what the user says.</summary>
/// <param name="Task">Classes or values.</param>
/// <param name="Loss">What learning goes on to minimize.</param>
/// <param name="Names">Names of classes, or of a regression's outputs; none where nobody says them.</param>
/// <param name="Added">What was added behind the graph: softmax or sigmoid, where its outputs
/// are scores and classes were named; else linear.</param>
internal sealed record ModelHead(NetworkTask Task, Loss Loss, IReadOnlyList<string> Names, Activation Added)
{
    /// <summary>Finds out.</summary>
    internal static ModelHead Of(
        OnnxModel model, GraphEnd end, ImportOptions options, Matcher matcher, Flow output, List<Draft> drafts, ImportNotes notes)
    {
        ModelMetadata noted = ModelMetadata.Of(model.Metadata);
        IReadOnlyList<string> names = options.Labels.Count > 0 ? options.Labels : end.Labels.Count > 0 ? end.Labels : noted.Names;
        NetworkTask? task = options.Task ?? noted.Task;
        Draft last = output.Source!;
        int outputs = last.Output.Values;
        if (output.IsSoftmax)
        {
            Expect(names.Count == 0 || names.Count == outputs, names, $"{outputs} outputs");
            return task == NetworkTask.Regression
                ? throw new ImportException("the graph ends in softmax, which is classification; a regression was asked for.")
                : new ModelHead(NetworkTask.Classification, Loss.SoftmaxCrossEntropy, names, Activation.Linear);
        }

        bool isProbability = outputs == 1 && last.Function == Activation.Sigmoid;
        if (task == NetworkTask.Regression || (task is null && names.Count == 0 && !isProbability))
        {
            Expect(names.Count == 0 || names.Count == outputs, names, $"{outputs} outputs of a regression");
            return new ModelHead(NetworkTask.Regression,
                noted.Loss is Loss.HalfSquaredError ? Loss.HalfSquaredError : Loss.MeanSquaredError, names, Activation.Linear);
        }

        int classes = outputs == 1 ? 2 : outputs;
        Expect(names.Count == 0 || names.Count == classes, names,
            $"{outputs} {(outputs == 1 ? "output, which tells two classes apart" : "outputs")}");
        if (last.Function != Activation.Linear || noted.Loss == Loss.MultiClassHinge)
        {
            Expect(outputs > 1 || isProbability, names, $"one output behind {last.Function}, which is no probability");
            Loss usual = last.Function == Activation.Sigmoid ? Loss.BinaryCrossEntropy : Loss.MeanSquaredError;
            return new ModelHead(
                NetworkTask.Classification,
                noted.Loss is Loss loss && loss != Loss.SoftmaxCrossEntropy
                    && (loss != Loss.BinaryCrossEntropy || last.Function == Activation.Sigmoid) ? loss : usual,
                names,
                Activation.Linear);
        }

        return Completed(matcher, output, drafts, names, outputs, notes);
    }

    /// <summary>Scores become probabilities, as whoever trained them did in the loss.</summary>
    private static ModelHead Completed(
        Matcher matcher, Flow output, List<Draft> drafts, IReadOnlyList<string> names, int outputs, ImportNotes notes)
    {
        if (outputs > 1)
        {
            notes.Remark("The graph ends in scores; as they are of classes, softmax was added: the model gives probabilities. Import "
                + "without labels for scores.");
            return new ModelHead(NetworkTask.Classification, Loss.SoftmaxCrossEntropy, names, Activation.Softmax);
        }

        notes.Remark("The graph ends in one score; as it tells two classes apart, a sigmoid was added: the model gives the probability "
            + "of the second.");
        if (!output.Source!.TakesActivation)
        {
            drafts.Add(ElementNodes.Identity(matcher, output.Source.Node, output).Source!);
        }

        drafts[^1].Function = Activation.Sigmoid;
        return new ModelHead(NetworkTask.Classification, Loss.BinaryCrossEntropy, names, Activation.Sigmoid);
    }

    private static void Expect(bool fits, IReadOnlyList<string> names, string outputs)
    {
        if (!fits)
        {
            throw new ImportException(
                $"the model has {outputs}, but "
                    + $"{names.Count} labels ({string.Join(", ", names.Take(5))}"
                    + $"{(names.Count > 5 ? ", ..." : "")}). Give as many labels as there are classes, in the order of the outputs.");
        }
    }
}
