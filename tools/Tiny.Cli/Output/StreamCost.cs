using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Features;
using Tiny.Training.Memory;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Output;

/// <summary>
/// What a stream costs a board, counted in the emulator: a sample, an answer, and how many samples a second that leaves room for.
/// </summary>
/// <param name="Device">The stream on the board.</param>
/// <param name="Block">Samples that go through the layers at a time.</param>
internal sealed record StreamCost(DeviceStream Device, int Block)
{
    /// <summary>Instructions a sample, on average over a block.</summary>
    internal long SampleInstructions => Device.BlockInstructions / Block;

    /// <summary>The largest rate at which the board is done with a sample, with an answer behind it, before the next comes.</summary>
    internal double Rate => 1 / Device.Board.Seconds(Device.PeakInstructions + Device.AnswerInstructions);

    /// <summary>The same where the sensor keeps the samples of a block until they are fetched.</summary>
    internal double BufferedRate => Block / Device.Board.Seconds(Device.BlockInstructions + Device.AnswerInstructions);

    /// <summary>Counts a stream on a board; null for a model over windows or of a table.</summary>
    internal static StreamCost? Of(byte[] blob, Network network, BoardProfile board)
    {
        if (!StreamForm.IsStream(network))
        {
            return null;
        }

        int block = network.Notes.FeatureBytes > 0
            ? FeatureDescription.Of(network).SamplesKept : Training.Kinds.PlanNodes.SampleOf(network).Height;
        bool wide = ModelFlash.ToPredict(network, blob.Length, board, Desk.BlobExtras.Tags(blob)).IsWide;
        return new StreamCost(new DeviceStream(blob, board, wide, block), block);
    }

    /// <summary>The same on every board that can load it.</summary>
    internal static IEnumerable<StreamCost> OnAll(byte[] blob, Network network) =>
        BoardProfile.Names.Select(BoardProfile.Load).Where(board => DeviceMemory.ToPredict(network) <= board.HeapBytes)
        .Select(board => Of(blob, network, board)).OfType<StreamCost>();

    /// <summary>The rate in words.</summary>
    internal string RateInWords() =>
        $"{Format.Plain(Math.Round(Rate, 1))} samples a second with an answer to each "
        + $"block{(Block > 1 ? $", {Format.Plain(Math.Round(BufferedRate, 1))} if the sensor keeps {Block} until they are fetched" : "")}";

    internal JsonObject ToJson() => new()
    {
        ["board"] = Device.Board.Name,
        ["block"] = Block,
        ["ram"] = Device.Ram,
        ["sample_instructions"] = SampleInstructions,
        ["block_instructions"] = Device.BlockInstructions,
        ["peak_instructions"] = Device.PeakInstructions,
        ["answer_instructions"] = Device.AnswerInstructions,
        ["largest_rate"] = Rate,
        ["largest_rate_buffered"] = BufferedRate,
    };
}
