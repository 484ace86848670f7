using System.Globalization;
using Tiny.Core.Activations;
using Tiny.Training.Data;
using Tiny.Training.Layers;

namespace Tiny.Cli.Options;

/// <summary>Reads --layers: elements with commas between, a kind each with its numbers behind colons. A line for each kind.</summary>
internal sealed class LayerGrammar
{
    private const int Widest = 16384;

    private static readonly Dictionary<string, (string Expected, Action<LayerGrammar, Element> Read)> Kinds = new()
    {
        ["conv"] = ("conv:FILTERS:SIZE[:STRIDE][:valid|:same], such as conv:8:5:2",
            (grammar, element) => grammar.Convolution(element.Count(), element.Window(poolsByDefault: false))),
        ["dwconv"] = ("dwconv:SIZE[:STRIDE][:valid|:same], such as dwconv:3",
            (grammar, element) => grammar.Depthwise(element.Window(poolsByDefault: false), grammar.activation)),
        ["sepconv"] = ("sepconv:FILTERS:SIZE[:STRIDE][:valid|:same], such as sepconv:16:3",
            (grammar, element) => grammar.Separable(element.Count(), element.Window(poolsByDefault: false))),
        ["maxpool"] = ("maxpool:SIZE[:STRIDE][:valid|:same], such as maxpool:2",
            (grammar, element) => grammar.layers.Add(new MaxPoolingDescription(element.Window(poolsByDefault: true)))),
        ["avgpool"] = ("avgpool:SIZE[:STRIDE][:valid|:same], such as avgpool:2",
            (grammar, element) => grammar.layers.Add(new AveragePoolingDescription(element.Window(poolsByDefault: true)))),
        ["gru"] = ("gru:UNITS, such as gru:16", (grammar, element) => grammar.layers.Add(new GruDescription(element.Count("units")))),
        ["fastgrnn"] = ("fastgrnn:UNITS, such as fastgrnn:16",
            (grammar, element) => grammar.layers.Add(new FastGrnnDescription(element.Count("units")))),
        ["gap"] = ("gap", (grammar, _) => grammar.layers.Add(new GlobalAverageDescription())),
    };

    private readonly List<LayerDescription> layers = [];
    private readonly Activation activation;
    private readonly float? parameter;
    private readonly float dropout;
    private readonly bool normalizes;
    private bool streams;

    private LayerGrammar(Activation activation, float? parameter, float dropout, bool normalizes)
    {
        this.activation = activation;
        this.parameter = parameter;
        this.dropout = dropout;
        this.normalizes = normalizes;
    }

    /// <summary>What the kinds are called, for help.</summary>
    internal static string Words => string.Join(", ", Kinds.Values.Select(kind => kind.Expected.Split(',')[0]));

    /// <summary>Whether a text names layers that are not dense.</summary>
    internal static bool IsFor(string text) => text != "none"
        && text.Split(',').Any(part => part.Length > 0 && char.IsAsciiLetter(part[0]));

    /// <summary>The layers.</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="activation">Of all layers that have one.</param>
    /// <param name="parameter">The activation's parameter.</param>
    /// <param name="dropout">Share of what layers of weights give that is dropped in training.</param>
    /// <param name="normalizes">Whether there is batch normalization behind convolutions.</param>
    /// <param name="streams">Whether it is for a stream, which has no edges to pad: windows are valid unless they say same.</param>
    /// <exception cref="UsageException">An element is none.</exception>
    internal static IReadOnlyList<LayerDescription> Read(
        string text, Activation activation, float? parameter, float dropout, bool normalizes, bool streams = false)
    {
        LayerGrammar grammar = new(activation, parameter, dropout, normalizes) { streams = streams };
        foreach (string part in text.Split(','))
        {
            grammar.Read(text, part);
        }

        // A recurrent layer in front of another gives it a signal.
        for (int i = 0; i < grammar.layers.Count - 1; i++)
        {
            grammar.layers[i] = grammar.layers[i] is RecurrentDescription recurrent && grammar.layers[i + 1].TakesShape
                ? recurrent with { GivesEvery = true } : grammar.layers[i];
        }

        if (activation == Activation.Maxout && grammar.layers.Any(layer => layer is Conv2DDescription or DepthwiseConv2DDescription))
        {
            throw new UsageException($"--layers {text}: convolutions have no maxout. Take another --activation.");
        }

        return grammar.layers;
    }

    private void Read(string text, string part)
    {
        string[] fields = part.Split(':');
        if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width is >= 1 and <= Widest)
        {
            layers.Add(new DenseDescription(width, activation) { ActivationParameter = parameter, Dropout = dropout });
        }
        else if (Kinds.TryGetValue(fields[0], out (string Expected, Action<LayerGrammar, Element> Read) kind))
        {
            Element element = new($"--layers {text}: \"{part}\"", fields, kind.Expected) { IsValidByDefault = streams };
            kind.Read(this, element);
            element.End();
        }
        else
        {
            string? near = Suggestion.For(fields[0], Kinds.Keys);
            throw new UsageException(
                $"--layers {text}: \"{part}\" is no layer; expected widths of dense layers from 1 "
                    + $"to {Widest} such as 16,8, or {Words}.{(near is null ? "" : $" Did you mean {near}?")}");
        }
    }

    private void Convolution(int filters, WindowDescription window)
    {
        if (normalizes)
        {
            layers.Add(new Conv2DDescription(filters, window, Activation.Linear));
            Normalize(activation, parameter, dropout);
        }
        else
        {
            layers.Add(new Conv2DDescription(filters, window, activation) { ActivationParameter = parameter, Dropout = dropout });
        }
    }

    private void Depthwise(WindowDescription window, Activation function)
    {
        float share = function == Activation.Linear && activation != Activation.Linear
            ? 0f : dropout; // between the two halves of a separable one nothing is dropped
        if (normalizes)
        {
            layers.Add(new DepthwiseConv2DDescription(window, Activation.Linear));
            Normalize(function, function == activation ? parameter : null, share);
        }
        else
        {
            layers.Add(new DepthwiseConv2DDescription(
                window, function)
            { ActivationParameter = function == activation ? parameter : null, Dropout = share });
        }
    }

    /// <summary>A depthwise convolution without activation, then one of a single tap.</summary>
    private void Separable(int filters, WindowDescription window)
    {
        Depthwise(window, Activation.Linear);
        Convolution(filters, new WindowDescription(1));
    }

    private void Normalize(Activation function, float? functionParameter, float share) =>
        layers.Add(new BatchNormalizationDescription(function) { ActivationParameter = functionParameter, Dropout = share });

    /// <summary>An element, field by field.</summary>
    private sealed class Element(string place, string[] fields, string expected)
    {
        private const int MostSize = 255;
        private int at = 1;

        /// <summary>Whether windows that do not say it stay within the edges.</summary>
        internal bool IsValidByDefault { get; init; }

        /// <summary>Filters, or units.</summary>
        internal int Count(string what = "filters") =>
            int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= Widest
            ? count
            : throw Fault($"{Shown(at - 1)} is no number of {what} from 1 to {Widest}");

        /// <summary>Size, stride and padding.</summary>
        internal WindowDescription Window(bool poolsByDefault)
        {
            (int down, int? across) = Size(Next(), "size");
            WindowDescription window = new(down, across) { IsValid = IsValidByDefault };
            if (at < fields.Length && fields[at] is not ("valid" or "same"))
            {
                (int strideDown, int? strideAcross) = Size(Next(), "stride");
                window = window with { StrideDown = strideDown, StrideAcross = strideAcross };
            }
            else if (poolsByDefault)
            {
                window = window with { StrideDown = down, StrideAcross = across };
            }

            if (at < fields.Length && fields[at] is "valid" or "same")
            {
                window = window with { IsValid = fields[at++] == "valid" };
            }

            return window;
        }

        /// <summary>Refuses what is left over.</summary>
        internal void End()
        {
            if (at < fields.Length)
            {
                throw Fault($"{Shown(at)} is one field too many, or neither \"valid\" nor \"same\"");
            }
        }

        private (int Down, int? Across) Size(string field, string what)
        {
            string[] sides = field.Split('x');
            int[] sizes = [.. sides.Select(
                side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0)];
            return sizes.Length <= 2 && sizes.All(size => size is >= 1 and <= MostSize)
                ? (sizes[0], sizes.Length == 2 ? sizes[1] : null)
                : throw Fault($"{Shown(at - 1)} is no {what} from 1 to {MostSize}, such as 5 or, of images, 3x5");
        }

        private string Next() => at < fields.Length ? fields[at++] : throw Fault("it ends too early");

        private string Shown(int field) => $"\"{fields[field]}\"";

        private UsageException Fault(string found) => new($"{place}: {found}; expected {expected}.");
    }
}
