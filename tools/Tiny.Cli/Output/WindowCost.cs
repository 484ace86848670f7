using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Emulator;
using Tiny.Features;

namespace Tiny.Cli.Output;

/// <summary>What a window costs a board from its samples to the answer, counted in the emulator.</summary>
/// <param name="Device">The model on the board.</param>
/// <param name="Hop">Samples from a window to the next.</param>
/// <param name="Rate">Samples a second; 0 where it is not known.</param>
/// <param name="Ram">Bytes of heap that windows and features take.</param>
/// <param name="SampleInstructions">Taking a sample.</param>
/// <param name="FeatureInstructions">Computing the features of a window.</param>
internal sealed record WindowCost(DeviceModel Device, int Hop, float Rate, long Ram, long SampleInstructions, long FeatureInstructions)
{
    /// <summary>All that a hop costs.</summary>
    internal long Instructions => Hop * SampleInstructions + FeatureInstructions + Device.Instructions;

    private double Seconds => Device.Board.Seconds(Instructions);

    /// <summary>What a pipeline that has just computed a window cost.</summary>
    internal static WindowCost Of(DeviceModel device, DevicePipeline pipeline, Network network) =>
        new(device, pipeline.Hop, FeatureDescription.Of(network).Signal.Rate, pipeline.Ram, pipeline.SampleInstructions,
        pipeline.WindowInstructions);

    /// <summary>Fills a window with a wave and counts; null for a model of a table.</summary>
    internal static WindowCost? Measure(DeviceModel device, Network network)
    {
        if (device.Pipeline is not DevicePipeline pipeline)
        {
            return null;
        }

        float[] sample = new float[FeatureDescription.Of(network).Signal.Channels];
        int at = 0;
        do
        {
            Array.Fill(sample, (float)(100 * Math.Sin(0.3 * at++)));
        }
        while (!pipeline.Add(sample));
        pipeline.Compute();
        return Of(device, pipeline, network);
    }

    internal JsonObject ToJson() => new()
    {
        ["ram"] = Ram,
        ["sample_instructions"] = SampleInstructions,
        ["feature_instructions"] = FeatureInstructions,
        ["predict_instructions"] = Device.Instructions,
        ["hop_instructions"] = Instructions,
        ["milliseconds"] = 1000 * Seconds,
        ["hop_milliseconds"] = Rate > 0 ? 1000 * Hop / Rate : null,
    };

    public override string ToString()
    {
        string share = Rate > 0 ? $" of the {Format.Milliseconds(Hop / Rate)} a hop lasts, {Format.Percent(Seconds / (Hop / Rate))}" : "";
        return $"A hop costs {Format.Count(Instructions)} "
            + $"instructions: {Hop} samples of {Format.Count(SampleInstructions)}, features {Format.Count(FeatureInstructions)}, "
            + $"prediction {Format.Count(Device.Instructions)}; about {Format.Milliseconds(Seconds)}{share}.";
    }
}
