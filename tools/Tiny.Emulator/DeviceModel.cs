using System.Buffers.Binary;
using System.Globalization;
using Tiny.Emulator.Boards;

namespace Tiny.Emulator;

/// <summary>A model loaded by the device's own Tiny.Core on an emulated board: what it takes, counted, and what it answers.</summary>
public sealed class DeviceModel
{
    private const string Network = "Tiny.Core.Network";
    private const string Learner = "Tiny.Learning.SgdLearner";
    private const string Library = "Tiny.Emulator.Library.Library";
    private const string Kinds = "Tiny.Emulator.Library.ModelKinds";
    private const string BlobRefused = "Tiny.Core.Blobs.BlobException";
    private const string OutOfMemory = "System.OutOfMemoryException";
    private const int PredictRamAt = 16; // in the blob's header

    private readonly Machine machine;
    private readonly object network;
    private readonly bool native;
    private bool traces; // whether what looks into packed layers is registered

    /// <summary>Loads the model, predicts once and learns, counting.</summary>
    /// <param name="blob">The model.</param>
    /// <param name="board">The board. Its heap is lifted for counting; <see cref="Fits"/> holds the count against it.</param>
    /// <param name="learningSteps">Steps to learn.</param>
    /// <param name="wide">Whether the kernels are those of large boards.</param>
    /// <param name="native">Whether the firmware has the kernels in C of Tiny.Native, which take the places of the others.</param>
    /// <exception cref="DeviceProgramException">The device's library refused the blob.</exception>
    public DeviceModel(byte[] blob, BoardProfile board, int learningSteps = 1, bool wide = true, bool native = false)
    {
        Board = board;
        this.native = native;
        DeviceProgram program = DeviceProgram.Load(DeviceProgram.WholePath);
        machine = new Machine(board with { HeapBytes = int.MaxValue }, program, TextWriter.Null);
        machine.Start();
        byte[] kinds = BlobKinds.Of(blob);
        Register(kinds, wide, "ToPredict");

        // The table that sigmoids share counts only if the model makes it; the constants of static constructors are there in any case.
        long constants = machine.HeapLive;
        machine.IgnoreReferenceArrays(); // the registries hold every kind there is, as no board does
        machine.ResetPeak();
        machine.Place(blob);
        network = machine.Invoke(Network, "FromBlob", blob)!;
        machine.Keep(network);
        machine.Release(blob);
        PredictRam = machine.HeapLive - constants;
        LoadInstructions = machine.Instructions;

        float[] inputs = new float[Int("get_Inputs")];
        float[] outputs = new float[Int("get_Outputs")];
        LargestArray = machine.LargestArray;
        (Instructions, AllocatedByPredict) = Count(() => machine.Invoke(Network, "Predict", network, inputs, outputs));

        PredictPeak = machine.HeapPeak;
        LearnRam = PredictRam;
        LearnPeak = PredictPeak;
        Register(kinds, wide, "ToLearn");
        if ((bool)machine.Invoke(Library, "CanLearn", network)!)
        {
            CountLearning(inputs, outputs.Length, learningSteps, constants);
        }

        if ((bool)machine.Invoke(Library, "HasFeatures", network)!)
        {
            Pipeline = new DevicePipeline(machine, network);
            LargestArray = Math.Max(LargestArray, machine.LargestArray);
        }
    }

    /// <summary>
    /// Loads the model and counts, if a device can hold it at all: its blob, or an array in it,
    /// may be larger than any object of the runtime.
    /// </summary>
    /// <param name="blob">The model, a valid one.</param>
    /// <param name="board">The board.</param>
    /// <param name="learningSteps">Steps to learn.</param>
    /// <param name="reason">Why it cannot be run, with the numbers, as the end of a sentence; null if it can.</param>
    /// <returns>Null if it cannot.</returns>
    /// <exception cref="DeviceProgramException">The device's library refused the blob.</exception>
    public static DeviceModel? TryLoad(byte[] blob, BoardProfile board, int learningSteps, out string? reason) =>
        TryLoad(blob, board, learningSteps, true, out reason);

    /// <summary>The same with the kernels of large boards or of small ones.</summary>
    public static DeviceModel? TryLoad(byte[] blob, BoardProfile board, int learningSteps, bool wide, out string? reason) =>
        TryLoad(blob, board, learningSteps, wide, false, out reason);

    /// <summary>The same, with a firmware that has the kernels in C or without.</summary>
    public static DeviceModel? TryLoad(byte[] blob, BoardProfile board, int learningSteps, bool wide, bool native, out string? reason)
    {
        try
        {
            reason = null;
            return new DeviceModel(blob, board, learningSteps, wide, native);
        }
        catch (DeviceProgramException error) when (error.DeviceType == OutOfMemory)
        {
            uint ram = BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(PredictRamAt));
            reason = string.Create(CultureInfo.InvariantCulture,
                $"it takes {ram:#,0} bytes of heap to predict and has a blob of {blob.Length:#,0}; {board.Name} has {board.HeapBytes:#,0} "
                    + $"bytes of heap. No device can load it, so it was not run: {error.DeviceMessage}");
            return null;
        }
        catch (DeviceProgramException error) when (error.DeviceType == BlobRefused)
        {
            // The desk has loaded it, so that it has a layer of a kind that somebody registered there alone.
            reason = $"the device's libraries do not know a layer of it, and it was not run: {error.DeviceMessage}";
            return null;
        }
    }

    /// <summary>The board.</summary>
    public BoardProfile Board { get; }

    /// <summary>Bytes of heap the loaded model holds, the blob not counted.</summary>
    public long PredictRam { get; }

    /// <summary>
    /// Bytes of heap at the fullest moment of loading and predicting: the blob, frames of calls and what static constructors keep included.
    /// </summary>
    public long PredictPeak { get; }

    /// <summary>The same with learning.</summary>
    public long LearnPeak { get; private set; }

    /// <summary>Bytes of heap with a learner on it.</summary>
    public long LearnRam { get; private set; }

    /// <summary>The largest single array, in bytes of heap.</summary>
    public int LargestArray { get; }

    /// <summary>Machine instructions of loading the blob.</summary>
    public long LoadInstructions { get; }

    /// <summary>Machine instructions of one whole Predict.</summary>
    public long Instructions { get; }

    /// <summary>Machine instructions of one whole learning step.</summary>
    public long LearnInstructions { get; private set; }

    /// <summary>Bytes of heap that a Predict allocates: none, or the library has a fault.</summary>
    public long AllocatedByPredict { get; }

    /// <summary>Bytes of heap that a learning step allocates: none, or the library has a fault.</summary>
    public long AllocatedByLearn { get; private set; }

    /// <summary>What computes the features that the model describes; null if it was trained on a table.</summary>
    public DevicePipeline? Pipeline { get; }

    /// <summary>
    /// Whether the model predicts on the board: its memory and its windows' within the heap, no array larger than fragmentation allows.
    /// </summary>
    public bool Fits => PredictRam + WindowRam <= Board.HeapBytes && LargestArray <= Board.LargestArrayBytes;

    /// <summary>Whether it learns there too.</summary>
    public bool FitsLearning => Fits && LearnRam + WindowRam <= Board.HeapBytes;

    /// <summary>What each layer gives for a sample, on the device: (layers)(outputs).</summary>
    /// <exception cref="DeviceProgramException">The device refused the sample.</exception>
    public float[][] TraceLayers(float[] sample)
    {
        if (!traces)
        {
            machine.Invoke(Kinds, native ? "ToTraceNatively" : "ToTrace");
            traces = true;
        }

        object trace = machine.Invoke(Library, "Trace", network, sample)!;
        machine.Keep(trace);
        float[][] results = [.. Enumerable.Range(0, Int("get_LayerCount"))
            .Select(layer => (float[])machine.Invoke(Library, "OutputsOf", trace, layer)!)];
        machine.Release(trace);
        return results;
    }

    /// <summary>Lets what the layers keep from one prediction to the next begin anew.</summary>
    public void Reset() => machine.Invoke(Library, "Reset", network);

    private void Register(byte[] kinds, bool wide, string what)
    {
        if (native)
        {
            machine.Invoke(Kinds, what + "Natively", kinds);
        }
        else
        {
            machine.Invoke(Kinds, what, kinds, wide);
        }
    }

    private long WindowRam => Pipeline?.Ram ?? 0;

    private void CountLearning(float[] inputs, int outputs, int steps, long constants)
    {
        object learner = machine.Invoke(Learner, ".ctor", network)!;
        machine.Keep(learner);
        LearnRam = machine.HeapLive - constants;
        object answer = Int("get_ClassCount") > 0 ? 0 : new float[outputs];
        for (int step = 0; step < steps; step++)
        {
            (LearnInstructions, AllocatedByLearn) = Count(() => machine.Invoke(Learner, "Learn", learner, inputs, answer));
        }

        LearnRam = Math.Max(LearnRam, machine.HeapLive - constants);
        LearnPeak = Math.Max(LearnPeak, machine.HeapPeak);
        machine.Release(learner);
    }

    private int Int(string getter) => (int)machine.Invoke(Network, getter, network)!;

    private (long Instructions, long Allocated) Count(Action action)
    {
        long instructions = machine.Instructions;
        long allocated = machine.Allocated;
        action();
        return (machine.Instructions - instructions, machine.Allocated - allocated);
    }
}
