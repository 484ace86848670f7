using System.CommandLine;
using System.Globalization;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Layers;
using Tiny.Training.Optimization;

namespace Tiny.Cli.Options;

/// <summary>The options of a training run.</summary>
internal sealed class TrainOptions
{
    private const int MostEpochs = 1_000_000;

    private const string Anomaly = "anomaly";

    private static readonly TrainingOptions Usual = new();

    private static readonly Dictionary<string, Activation> Activations = new()
    {
        ["linear"] = Activation.Linear,
        ["sigmoid"] = Activation.Sigmoid,
        ["tanh"] = Activation.Tanh,
        ["relu"] = Activation.Relu,
        ["leaky-relu"] = Activation.LeakyRelu,
        ["elu"] = Activation.Elu,
        ["swish"] = Activation.Swish,
        ["maxout"] = Activation.Maxout,
    };

    private static readonly Dictionary<string, Loss?> Losses =
        Enum.GetValues<Loss>().Select(loss => KeyValuePair.Create(LossChoice.NameOf(loss), (Loss?)loss))
        .Prepend(KeyValuePair.Create("auto", (Loss?)null)).ToDictionary();

    private static readonly Dictionary<string, OptimizerKind> Optimizers = new()
    {
        ["sgd"] = OptimizerKind.Sgd,
        ["momentum"] = OptimizerKind.Momentum,
        ["classical-momentum"] = OptimizerKind.ClassicalMomentum,
        ["rmsprop"] = OptimizerKind.RmsProp,
        ["adam"] = OptimizerKind.Adam,
    };

    private static readonly Dictionary<string, NetworkTask?> Tasks = new()
    {
        ["auto"] = null,
        ["classification"] = NetworkTask.Classification,
        ["regression"] = NetworkTask.Regression,
        [Anomaly] = NetworkTask.Classification, // what labels there are say which rows are normal
    };

    private static readonly Dictionary<string, ClassWeighting> ClassWeightings = new()
    {
        ["none"] = ClassWeighting.None,
        ["balanced"] = ClassWeighting.Balanced,
    };

    private readonly Option<string> task =
        Choice("--task", "What the label is; anomaly: learns what is normal from the rows given", Tasks.Keys, "auto");
    private readonly Option<string> layers = Text(
        "--layers", "The hidden layers in order: outputs of dense ones, "
            + $"or {LayerGrammar.Words}; SIZE and STRIDE such as 5 or, of images, 3x5; none for a linear model", "16", "16,8");

    private readonly Option<bool> batchNorm =
        new("--batch-norm") { Description = "Batch normalization after convolutions; folded into their weights in the model" };
    private readonly AugmentOption augment = new();
    private readonly Option<string> activation =
        Choice("--activation", "Activation of the hidden layers; leaky-relu:SLOPE and elu:ALPHA set theirs", Activations.Keys, "relu");
    private readonly Option<string> loss =
        Choice("--loss", "The loss function. auto: softmax-cross-entropy for classification, mse for regression", Losses.Keys, "auto");
    private readonly Option<string> optimizer = Choice("--optimizer", "The optimizer", Optimizers.Keys, "adam");
    private readonly Option<float?> rate =
        new Option<float?>("--lr")
        {
            Description = "The learning rate. Default by optimizer: adam 0.005, rmsprop 0.002, classical-momentum 0.01, others 0.1",
            HelpName = "RATE"
        }
        .Within(rate => rate is > 0 and <= 1000, "above 0, at most 1000");

    private readonly Option<string> schedule = Text("--schedule",
        "The learning rate schedule: constant, cosine, decay:RATE, exponential:RATE, step:FACTOR:EVERY", "cosine", "SCHEDULE");
    private readonly Option<int?> epochs =
        new Option<int?>("--epochs")
        {
            Description = "Epochs: passes over the training rows. Default: about 10,000 steps, at least 10 and at most 1000 epochs",
            HelpName = "N"
        }
        .Within(epochs => epochs is >= 1 and <= MostEpochs, $"1 to {MostEpochs}");

    private readonly Option<int> batch = Number("--batch", "The batch size, in rows", Usual.Batch, rows => rows >= 1, "1 or more");
    private readonly Option<float> l2 = Number("--l2", "Weight decay", Usual.L2, decay => decay is >= 0 and <= 1, "0 to 1");
    private readonly Option<float> dropout = Number("--dropout", "Dropout: the share of the hidden outputs that is dropped in training",
        Usual.Dropout, share => share is >= 0 and < 1, "0 to below 1");
    private readonly Option<float> clip = Number("--clip", "Gradient clipping: the largest norm of a step's gradient; 0: no clipping",
        Usual.Clip, norm => norm is >= 0 and <= 1e6f, "0 to 1000000");
    private readonly Option<int> truncate = Number("--truncate",
        "Truncated backpropagation through time: samples that gradients of recurrent layers go back; 0: the whole window", 0,
            samples => samples >= 0, "0 or more");
    private readonly SparsityOptions sparsity = new();
    private readonly Option<int> patience =
        Number("--patience", "Early stopping: stop after this many epochs without improvement on a tenth of the training rows, held out "
        + "for validation; 0: never", Usual.Patience, epochs => epochs >= 0, "0 or more");

    private readonly Option<int> threads =
        Number("--threads", "Threads at most; the result does not depend on it", Usual.Threads, threads => threads is >= 1 and <= 1024,
        "1 to 1024");

    private readonly Option<string> classWeights =
        Choice("--class-weights", "Class weights. balanced: inversely proportional to the class's rows", ClassWeightings.Keys, "none");
    private readonly Option<string> weights = Choice("--weights", "How the blob stores weights", WeightFormats, "float32");

    private readonly Option<bool> prototypes =
        new("--prototypes")
        {
            Description = "Store each class's mean features, so that the device can learn from a few labels and add classes"
        };

    private static readonly string[] WeightFormats = ["float32", "int8"];

    internal Option<int> Seed { get; } =
        new("--seed") { Description = "The seed of all random numbers", HelpName = "N", DefaultValueFactory = _ => Usual.Seed };

    internal void AddTo(Command command)
    {
        foreach (Option option in new Option[]
            { task, layers, batchNorm, activation, loss, optimizer, rate, schedule, epochs, batch, l2, dropout, clip, truncate, patience,
            classWeights, threads, Seed, weights, prototypes })
        {
            command.Options.Add(option);
        }

        augment.AddTo(command);
        sparsity.AddTo(command);
    }

    internal NetworkTask? Task(ParseResult parsed) => Tasks[Chosen(parsed, task, Tasks.Keys)];

    /// <summary>Whether it is a detector of anomalies that is to be trained.</summary>
    internal bool IsAnomaly(ParseResult parsed) => Chosen(parsed, task, Tasks.Keys) == Anomaly;

    /// <summary>Whether hidden layers were named.</summary>
    internal bool HasLayers(ParseResult parsed) => parsed.GetResult(layers) is { Implicit: false };

    /// <summary>Whether the blob is to carry the means of its classes.</summary>
    internal bool Prototypes(ParseResult parsed) => parsed.GetValue(prototypes);

    /// <summary>Refuses what does not go with a detector of anomalies.</summary>
    /// <exception cref="UsageException">It was given.</exception>
    internal void CheckForAnomaly(ParseResult parsed)
    {
        if (new Option[] { loss, classWeights, weights, prototypes }
            .FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is Option given)
        {
            throw new UsageException($"{given.Name} does not go with --task anomaly.");
        }
    }

    /// <summary>Whether the blob is to be int8.</summary>
    internal bool Int8(ParseResult parsed) => Chosen(parsed, weights, WeightFormats) == "int8";

    /// <summary>The options, checked against each other; what only the data tell is for the trainer to check.</summary>
    /// <exception cref="UsageException">A value is none, or two do not go together.</exception>
    internal TrainingOptions Read(ParseResult parsed)
    {
        (Activation function, float? parameter) = ReadActivation(parsed);
        string text = parsed.GetValue(layers)!;
        bool kinds = LayerGrammar.IsFor(text);
        IReadOnlyList<LayerDescription>? described = kinds
            ? LayerGrammar.Read(text, function, parameter, parsed.GetValue(dropout), parsed.GetValue(batchNorm), StreamOption.Is(parsed))
            : null;
        CheckKinds(parsed, text, described);
        return new TrainingOptions
        {
            HiddenLayers = kinds ? [] : ReadLayers(text, ActivationTraits.RowsPerOutput(function)),
            Layers = Truncated(parsed, text, described),
            Augmentation = augment.Read(parsed),
            Activation = function,
            ActivationParameter = parameter,
            Loss = ReadLoss(parsed),
            Optimizer = Optimizers[Chosen(parsed, optimizer, Optimizers.Keys)],
            LearningRate = parsed.GetValue(rate),
            Schedule = Schedule.Parse(parsed.GetValue(schedule)!) ?? throw new UsageException(
                $"--schedule {parsed.GetValue(schedule)}: expected constant, cosine, decay:RATE with a finite rate from 0, "
                    + "exponential:RATE or step:FACTOR:EVERY with a rate or factor above 0, at most 1, such as step:0.5:10."),
            Epochs = parsed.GetValue(epochs),
            Batch = parsed.GetValue(batch),
            L2 = parsed.GetValue(l2),
            Dropout = parsed.GetValue(dropout),
            Clip = parsed.GetValue(clip),
            Patience = parsed.GetValue(patience),
            ClassWeighting = ReadClassWeights(parsed),
            Threads = parsed.GetValue(threads),
            Seed = parsed.GetValue(Seed),
            Pruning = sparsity.Read(parsed, Int8(parsed)),
        };
    }

    private void CheckKinds(ParseResult parsed, string text, IReadOnlyList<LayerDescription>? described)
    {
        if (described is null && parsed.GetValue(batchNorm))
        {
            throw new UsageException($"--batch-norm normalizes what convolutions give, but --layers {text} has none.");
        }

        if (described?.Count >= BlobFormat.MostNodes)
        {
            throw new UsageException($"--layers {text}: {described.Count} hidden layers, at most {BlobFormat.MostNodes - 1} fit.");
        }
    }

    /// <summary>The layers, of which recurrent ones send gradients back through so many samples.</summary>
    private IReadOnlyList<LayerDescription>? Truncated(ParseResult parsed, string text, IReadOnlyList<LayerDescription>? described)
    {
        int samples = parsed.GetValue(truncate);
        if (samples == 0)
        {
            return described;
        }

        return described?.Any(layer => layer is RecurrentDescription) == true
            ? [.. described.Select(layer => layer is RecurrentDescription recurrent ? recurrent with { Truncation = samples } : layer)]
            : throw new UsageException($"--truncate cuts off the gradients of recurrent layers, but --layers {text} has none.");
    }

    private Loss? ReadLoss(ParseResult parsed)
    {
        Loss? chosen = Losses[Chosen(parsed, loss, Losses.Keys)];
        string? fault = chosen is Loss given && Task(parsed) is NetworkTask known
            ? LossChoice.Fault(given, known, $"--task is {parsed.GetValue(task)}") : null;
        return fault is null ? chosen : throw new UsageException(fault);
    }

    private ClassWeighting ReadClassWeights(ParseResult parsed)
    {
        ClassWeighting chosen = ClassWeightings[Chosen(parsed, classWeights, ClassWeightings.Keys)];
        return chosen != ClassWeighting.None && Task(parsed) == NetworkTask.Regression
            ? throw new UsageException(ClassWeights.Fault($"--task is {parsed.GetValue(task)}"))
            : chosen;
    }

    private (Activation Function, float? Parameter) ReadActivation(ParseResult parsed)
    {
        string text = parsed.GetValue(activation)!;
        string name = text.Split(':')[0];
        Activation function = Activations[Chosen(activation, name, Activations.Keys)];
        if (name == text)
        {
            return (function, null);
        }

        bool fits = float.TryParse(text[(name.Length + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out float parameter)
            && ((function == Activation.LeakyRelu && parameter is >= 0 and <= 1)
            || (function == Activation.Elu && parameter is > 0 and <= 1000));
        return fits
            ? (function, parameter)
            : throw new UsageException(
            $"--activation {text}: expected leaky-relu:SLOPE with a slope from 0 to 1, or elu:ALPHA with an alpha above 0.");
    }

    private static int[] ReadLayers(string text, int rowsPerOutput)
    {
        if (text == "none")
        {
            return [];
        }

        string[] parts = text.Split(',');
        int[] widths = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out widths[i]) || widths[i] is < 1 or > 16384)
            {
                throw new UsageException($"--layers {text}: "
                    + $"\"{parts[i]}\" is no width; expected numbers from 1 to 16384 such as 16,8, or none.");
            }
        }

        if (widths.Length >= BlobFormat.MostNodes)
        {
            throw new UsageException($"--layers {text}: {widths.Length} hidden layers, at most {BlobFormat.MostNodes - 1} fit.");
        }

        long between = widths.Zip(widths.Skip(1), (inputs, outputs) => (inputs + 1L) * outputs * rowsPerOutput).Sum();
        return ModelLimits.FaultOf(between) is string fault
            ? throw new UsageException($"--layers {text}: these would have {fault}") : widths;
    }

    private static string Chosen(ParseResult parsed, Option<string> option, IEnumerable<string> choices) =>
        Chosen(option, parsed.GetValue(option)!, choices);

    private static string Chosen(Option option, string value, IEnumerable<string> choices)
    {
        if (choices.Contains(value))
        {
            return value;
        }

        string? near = Suggestion.For(value, choices);
        throw new UsageException(
            $"{option.Name} {value}: expected one of {string.Join(", ", choices)}.{(near is null ? "" : $" Did you mean {near}?")}");
    }

    private static Option<string> Choice(string name, string description, IEnumerable<string> choices, string usual) =>
        Text(name, $"{description}: {string.Join(", ", choices)}", usual, name[2..].ToUpperInvariant());

    private static Option<string> Text(string name, string description, string usual, string helpName) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => usual };

    private static Option<T> Number<T>(string name, string description, T usual, Func<T, bool> fits, string expected) =>
        new Option<T>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual }.Within(fits, expected);
}
