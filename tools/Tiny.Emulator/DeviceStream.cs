using Tiny.Emulator.Boards;

namespace Tiny.Emulator;

/// <summary>A stream on an emulated board, by the device's own Tiny.Streaming: what a sample and an answer cost.</summary>
public sealed class DeviceStream
{
    private const string Stream = "Tiny.Streaming.StreamingNetwork";
    private const string Library = "Tiny.Emulator.Library.Library";
    private const string Kinds = "Tiny.Emulator.Library.ModelKinds";

    /// <summary>Loads a stream, lets it warm up for some blocks, and counts one more and an answer.</summary>
    /// <param name="blob">The stream.</param>
    /// <param name="board">The board. Its heap is lifted for counting.</param>
    /// <param name="wide">Whether the kernels are those of large boards.</param>
    /// <param name="samples">Samples of a block.</param>
    public DeviceStream(byte[] blob, BoardProfile board, bool wide, int samples)
    {
        Board = board;
        Machine machine = new(board with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath), TextWriter.Null);
        machine.Start();
        machine.Invoke(Kinds, "ToPredict", BlobKinds.Of(blob), wide);
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        long before = machine.HeapLive;
        object stream = machine.Invoke(Library, "Stream", network)!;
        machine.Keep(stream);
        Ram = machine.HeapLive - before;
        float[] sample = new float[(int)machine.Invoke(Stream, "get_Values", stream)!];
        float[] outputs = new float[(int)machine.Invoke("Tiny.Core.Network", "get_Outputs", network)!];
        for (int i = 0; i < 2 * samples; i++)
        {
            Array.Fill(sample, (float)Math.Sin(0.3 * i));
            long from = machine.Instructions;
            machine.Invoke(Stream, "Push", stream, sample);
            PeakInstructions = machine.Instructions - from;
            BlockInstructions += i < samples ? 0 : PeakInstructions;
        }

        long start = machine.Instructions;
        machine.Invoke(Stream, "Answer", stream, outputs);
        AnswerInstructions = machine.Instructions - start;
    }

    /// <summary>The board.</summary>
    public BoardProfile Board { get; }

    /// <summary>Bytes of heap of the stream beside its network.</summary>
    public long Ram { get; }

    /// <summary>Machine instructions of taking all samples of a block.</summary>
    public long BlockInstructions { get; }

    /// <summary>Of taking the last of them, which takes the block through the layers.</summary>
    public long PeakInstructions { get; }

    /// <summary>Of an answer.</summary>
    public long AnswerInstructions { get; }
}
