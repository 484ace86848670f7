using System.CommandLine;
using System.Globalization;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Optimisation;

namespace Tiny.Cli.Options;

/// <summary>The options of a training run.</summary>
internal sealed class TrainOptions
{
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

    private static readonly Dictionary<string, Loss?> Losses = new()
    {
        ["auto"] = null,
        ["mse"] = Loss.MeanSquaredError,
        ["half-mse"] = Loss.HalfSquaredError,
        ["binary-cross-entropy"] = Loss.BinaryCrossEntropy,
        ["softmax-cross-entropy"] = Loss.SoftmaxCrossEntropy,
        ["hinge"] = Loss.MultiClassHinge,
    };

    private static readonly Dictionary<string, OptimiserKind> Optimisers = new()
    {
        ["sgd"] = OptimiserKind.Sgd,
        ["momentum"] = OptimiserKind.Momentum,
        ["classical-momentum"] = OptimiserKind.ClassicalMomentum,
        ["rmsprop"] = OptimiserKind.RmsProp,
        ["adam"] = OptimiserKind.Adam,
    };

    private static readonly Dictionary<string, NetworkTask?> Tasks = new()
    {
        ["auto"] = null,
        ["classification"] = NetworkTask.Classification,
        ["regression"] = NetworkTask.Regression,
    };

    private readonly Option<string> task = Choice("--task", "What the label is", Tasks.Keys, "auto");
    private readonly Option<string> layers = Text("--layers", "Outputs of each hidden layer; none for a linear model", "16", "16,8");
    private readonly Option<string> activation = Choice("--activation", "Activation of the hidden layers; leaky-relu:SLOPE and elu:ALPHA set theirs", Activations.Keys, "relu");
    private readonly Option<string> loss = Choice("--loss", "What training makes small; auto: softmax-cross-entropy with classes, mse with values", Losses.Keys, "auto");
    private readonly Option<string> optimiser = Choice("--optimizer", "How it steps", Optimisers.Keys, "adam");
    private readonly Option<float?> rate = new("--lr") { Description = "Learning rate; default by optimizer: adam 0.005, rmsprop 0.002, classical-momentum 0.01, others 0.1", HelpName = "RATE" };
    private readonly Option<string> schedule = Text("--schedule", "How the rate changes: constant, cosine, decay:RATE, exponential:RATE, step:FACTOR:EVERY", "cosine", "SCHEDULE");
    private readonly Option<int?> epochs = new("--epochs") { Description = "Times through the data; default: about 10,000 steps, from 10 to 1000 epochs", HelpName = "N" };
    private readonly Option<int> batch = Number("--batch", "Rows of a batch", Usual.Batch);
    private readonly Option<float> l2 = Number("--l2", "Weight decay", Usual.L2);
    private readonly Option<float> dropout = Number("--dropout", "Share of the hidden outputs dropped in training", Usual.Dropout);
    private readonly Option<int> patience = Number("--patience", "Stop after this many epochs without improvement on a held-back tenth; 0: never", Usual.Patience);
    private readonly Option<int> threads = Number("--threads", "The most threads; the result does not depend on it", Usual.Threads);
    private readonly Option<string> weights = Choice("--weights", "How the blob stores weights", WeightFormats, "float32");

    private static readonly string[] WeightFormats = ["float32", "int8"];

    internal Option<int> Seed { get; } = Number("--seed", "Fixes all that is drawn", Usual.Seed);

    internal void AddTo(Command command)
    {
        foreach (Option option in new Option[]
            { task, layers, activation, loss, optimiser, rate, schedule, epochs, batch, l2, dropout, patience, threads, Seed, weights })
        {
            command.Options.Add(option);
        }
    }

    internal NetworkTask? Task(ParseResult parsed) => Tasks[Chosen(parsed, task, Tasks.Keys)];

    /// <summary>Whether the blob is to be int8.</summary>
    internal bool Int8(ParseResult parsed) => Chosen(parsed, weights, WeightFormats) == "int8";

    /// <exception cref="UsageException">A value is none, or out of range.</exception>
    internal TrainingOptions Read(ParseResult parsed)
    {
        (Activation function, float? parameter) = ReadActivation(parsed);
        return new TrainingOptions
        {
            HiddenLayers = ReadLayers(parsed.GetValue(layers)!),
            Activation = function,
            ActivationParameter = parameter,
            Loss = Losses[Chosen(parsed, loss, Losses.Keys)],
            Optimiser = Optimisers[Chosen(parsed, optimiser, Optimisers.Keys)],
            LearningRate = parsed.GetValue(rate) is float r ? Check(r is > 0 and <= 1000, "--lr", r, "above 0, at most 1000") : null,
            Schedule = Schedule.Parse(parsed.GetValue(schedule)!)
                ?? throw new UsageException($"--schedule {parsed.GetValue(schedule)}: expected constant, cosine, decay:RATE, exponential:RATE or step:FACTOR:EVERY, such as step:0.5:10."),
            Epochs = parsed.GetValue(epochs) is int e ? Check(e is >= 1 and <= 1_000_000, "--epochs", e, "1 or more") : null,
            Batch = Check(parsed.GetValue(batch) >= 1, "--batch", parsed.GetValue(batch), "1 or more"),
            L2 = Check(parsed.GetValue(l2) is >= 0 and <= 1, "--l2", parsed.GetValue(l2), "0 to 1"),
            Dropout = Check(parsed.GetValue(dropout) is >= 0 and < 1, "--dropout", parsed.GetValue(dropout), "0 to below 1"),
            Patience = Check(parsed.GetValue(patience) >= 0, "--patience", parsed.GetValue(patience), "0 or more"),
            Threads = Check(parsed.GetValue(threads) is >= 1 and <= 1024, "--threads", parsed.GetValue(threads), "1 to 1024"),
            Seed = parsed.GetValue(Seed),
        };
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
            && ((function == Activation.LeakyRelu && parameter is >= 0 and <= 1) || (function == Activation.Elu && parameter is > 0 and <= 1000));
        return fits
            ? (function, parameter)
            : throw new UsageException($"--activation {text}: expected leaky-relu:SLOPE with a slope from 0 to 1, or elu:ALPHA with an alpha above 0.");
    }

    private static int[] ReadLayers(string text)
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
                throw new UsageException($"--layers {text}: \"{parts[i]}\" is no width; expected numbers from 1 to 16384 such as 16,8, or none.");
            }
        }

        return widths.Length < NetworkShape.MaxLayers
            ? widths
            : throw new UsageException($"--layers {text}: {widths.Length} hidden layers, at most {NetworkShape.MaxLayers - 1} fit.");
    }

    private static T Check<T>(bool fits, string option, T value, string expected)
        where T : IFormattable =>
        fits ? value : throw new UsageException($"{option} {value.ToString(null, CultureInfo.InvariantCulture)}: expected {expected}.");

    private static string Chosen(ParseResult parsed, Option<string> option, IEnumerable<string> choices) =>
        Chosen(option, parsed.GetValue(option)!, choices);

    private static string Chosen(Option option, string value, IEnumerable<string> choices)
    {
        if (choices.Contains(value))
        {
            return value;
        }

        string? near = Suggestion.For(value, choices);
        throw new UsageException($"{option.Name} {value}: expected one of {string.Join(", ", choices)}.{(near is null ? "" : $" Did you mean {near}?")}");
    }

    private static Option<string> Choice(string name, string description, IEnumerable<string> choices, string usual) =>
        Text(name, $"{description}: {string.Join(", ", choices)}", usual, name[2..].ToUpperInvariant());

    private static Option<string> Text(string name, string description, string usual, string helpName) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => usual };

    private static Option<T> Number<T>(string name, string description, T usual) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
}
