using Tiny.Convolution.Streaming;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Features;
using Tiny.Planning;
using Tiny.Recurrence;
using Tiny.Saving;
using Tiny.Training.Kinds;
using Tiny.Training.Memory;

namespace Tiny.Training.Streaming;

/// <summary>
/// A model over windows of a signal, as a stream: the same weights behind a plan that takes a block of samples and keeps what it needs of
/// those before.
/// </summary>
/// <param name="Blob">The stream's blob. A plain prediction takes a block, and what the network keeps one block further.</param>
/// <param name="Block">Samples of a block: the product of the strides of its convolutions and pools.</param>
/// <param name="WarmUp">Samples from a reset until its layers have seen all they keep.</param>
/// <param name="Delay">Samples by which an answer is later than the end of the window it is of.</param>
/// <param name="Bits">When its answers have the bits of the window's.</param>
/// <example>
/// <code>
/// StreamForm stream = StreamForm.Of(blob);
/// File.WriteAllBytes("gestures-stream.tiny", stream.Blob);
/// int firstAnswer = stream.WarmUp;                           // samples after a reset
/// </code>
/// </example>
public sealed record StreamForm(byte[] Blob, int Block, int WarmUp, int Delay, StreamBits Bits)
{
    /// <summary>Makes a stream of a model.</summary>
    /// <param name="blob">The bytes of the model, over windows of raw samples.</param>
    /// <exception cref="StreamException">It cannot stream; the message says why.</exception>
    /// <exception cref="ArgumentNullException">There is no blob.</exception>
    /// <exception cref="Tiny.Core.Blobs.BlobException">The blob is wrong in some way.</exception>
    public static StreamForm Of(byte[] blob)
    {
        Network network = Network.FromBlob(blob);
        IReadOnlyList<PlanNode> nodes = PlanNodes.Of(network);
        (int window, _) = PlanNodes.SampleOf(network);
        int values = network.Inputs / window;
        Check(network, nodes, window);
        int samples = BlockOf(network, nodes);
        PlanBuilder plan = new(samples * values, network.Task, network.Loss)
        {
            Height = samples,
            Width = PlanNodes.SampleOf(network).Width,
            ColumnsChecksum = network.Notes.ColumnsChecksum,
            Names = NamesOf(network),
            Features = FeaturesOf(network, samples),
            Normalization = NormalizationOf(network, samples, values),
            OutputScaling = OutputScalingOf(network),
        };
        StreamDraft draft = new(plan, samples, window, values);
        try
        {
            for (int i = 0; i < nodes.Count; i++)
            {
                StreamerOf(nodes[i]).Add(draft, nodes[i], network.GetLayer(i));
            }
        }
        catch (InvalidOperationException)
        {
            throw new StreamException(
                $"a stream of its {nodes.Count} layers needs more buffers or nodes than a plan has: {BlobFormat.MostBuffers} and "
                    + $"{BlobFormat.MostNodes}. Take fewer layers.");
        }

        plan.OutputFunction = network.OutputFunction;
        byte[] stream = WithWeights(DeviceMemory.Reckon(plan).ToBytes(), blob, network);
        StreamBits bits = draft.IsPadded || draft.StateReachesBack ? StreamBits.None
            : draft.HasState ? StreamBits.FirstWindow : StreamBits.EveryWindow;
        return new StreamForm(stream, samples, Math.Max(draft.WarmUp, window), Math.Max(0, draft.Lag), bits);
    }

    /// <summary>Whether a model is a stream: whether it keeps something from one block to the next.</summary>
    public static bool IsStream(Network network) =>
        Enumerable.Range(0, network.LayerCount).Select(network.GetLayer)
            .Any(layer => layer is RecurrentLayer { KeepsState: true } || layer.Kind == Ring.RingCode);

    /// <summary>Lets a stream begin anew.</summary>
    public static void Reset(Network network)
    {
        for (int i = 0; i < network.LayerCount; i++)
        {
            network.GetLayer(i).Reset();
        }
    }

    private static void Check(Network network, IReadOnlyList<PlanNode> nodes, int window)
    {
        if (IsStream(network))
        {
            throw new StreamException("it is a stream already.");
        }

        if (window < 2 || network.InputForm != InputForm.Values)
        {
            throw new StreamException("its inputs are not the samples of a window as floats. Train it on recordings with --features raw.");
        }

        for (int i = 0; i < nodes.Count; i++)
        {
            if (!(i == 0 ? nodes[i].Sources.Count == 1 : PlanNodes.IsLink(nodes, i)))
            {
                throw new StreamException($"layer {i} branches: only a chain of layers streams.");
            }
        }
    }

    private static int BlockOf(Network network, IReadOnlyList<PlanNode> nodes)
    {
        long samples = 1;
        foreach (PlanNode node in nodes)
        {
            LayerStreamer streamer = StreamerOf(node);
            samples *= streamer.StrideOf(node);
            if (streamer.Ends(node))
            {
                break;
            }
        }

        int most = PlanNodes.SampleOf(network).Height;
        return samples <= most
            ? (int)samples
            : throw new StreamException(
            $"its strides make blocks of {samples} samples, longer than its window of {most}. Take smaller strides.");
    }

    private static LayerStreamer StreamerOf(PlanNode node)
    {
        DeskKind kind = DeskKinds.Find(node.Kind);
        return kind.Streamer ?? throw new StreamException($"layers of kind {kind.Name} ({kind.Weights}) do not stream.");
    }

    private static byte[] NamesOf(Network network)
    {
        byte[] names = new byte[network.Notes.NameBytes];
        network.Notes.CopyNames(names, 0);
        return names;
    }

    /// <summary>The signal and the window stay; the features are the samples of a block.</summary>
    private static byte[] FeaturesOf(Network network, int samples)
    {
        if (network.Notes.FeatureBytes == 0)
        {
            return [];
        }

        FeatureDescription window = FeatureDescription.Of(network);
        return window.Kinds == FeatureKinds.Samples
            ? new FeatureDescription(window.Signal, window.Window, samples, FeatureKinds.Stream).ToBytes()
            : throw new StreamException("its inputs are features, which are of whole windows. Train it with --features raw.");
    }

    /// <summary>That of the window's first block; all of its samples must have the same.</summary>
    private static float[] NormalizationOf(Network network, int samples, int values)
    {
        float[] pairs = Pairs(network.Scaling.InputMeans, network.Scaling.InputScales, network.Inputs);
        for (int i = 2 * values; i < pairs.Length; i++)
        {
            if (pairs[i] != pairs[i - 2 * values])
            {
                throw new StreamException(
                    $"input {i / 2} is normalized otherwise than "
                        + $"input {i / 2 - values}, the same channel a sample before. A stream normalizes all samples alike.");
            }
        }

        return pairs[..(2 * samples * values)];
    }

    private static float[]? OutputScalingOf(Network network) => network.Task == NetworkTask.Regression
        ? Pairs(network.Scaling.OutputMeans, network.Scaling.OutputScales, network.Outputs)
        : null;

    private static float[] Pairs(float[] first, float[] second, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(i => new[] { first[i], second[i] })];

    /// <summary>
    /// The weights stand behind the plan in the order of the layers, and rings have none; records of other libraries behind them.
    /// </summary>
    private static byte[] WithWeights(byte[] plan, byte[] blob, Network network)
    {
        BlobReader reader = new();
        reader.ThrowIf(reader.Open(blob, 0, blob.Length));
        int weightsAt = reader.NormalizationAt + BlobFormat.NormalizationBytes(network.Inputs, network.InputForm)
            + (network.Task == NetworkTask.Regression ? 8 * network.Outputs : 0);
        byte[] stream = [.. plan, .. reader.Bytes.AsSpan(reader.Start + weightsAt, reader.Length - weightsAt)];
        stream[BlobFormat.SectionsAt] |= (byte)(reader.ByteAt(BlobFormat.SectionsAt) & BlobFormat.HasExtras);
        BlobWriter.Seal(stream, 0, stream.Length);
        return stream;
    }
}
