using Tiny.Convolution.Int8;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Int8;
using Tiny.Planning;

namespace Tiny.Training.Quantization;

/// <summary>Puts the nodes of int8 layers that work on bytes into a plan, with the buffers they take by turns.</summary>
/// <param name="plan">The plan.</param>
/// <param name="inputs">Values of a sample.</param>
/// <seealso cref="Quantizer"/>
public sealed class Int8PlanWriter(PlanBuilder plan, int inputs)
{
    private readonly List<(int Type, int Buffer)> bytes = [];

    /// <summary>The plan.</summary>
    public PlanBuilder Plan { get; } = plan;

    /// <summary>Adds a node that reads bytes and gives bytes.</summary>
    /// <param name="kind">The code of its kind.</param>
    /// <param name="form">What it reads.</param>
    /// <param name="given">The type of what it gives.</param>
    /// <param name="outputs">Values it gives.</param>
    /// <param name="attributes">The bytes of its attributes behind the first two.</param>
    /// <param name="strip">As a first node, how many levels it makes at a time; 0 for all.</param>
    /// <exception cref="InvalidOperationException">There are 16 buffers or 64 nodes already.</exception>
    public void AddBytes(int kind, ByteForm form, int given, int outputs, byte[] attributes, int strip = 0)
    {
        // The levels are done with when the node is: typed as what it gives, their buffer serves nodes behind.
        int levels = Levels(given, strip > 0 && inputs > outputs ? strip : inputs);
        Add(kind, form, levels, Buffer(given, outputs, Plan.CurrentBuffer, levels), outputs, attributes);
    }

    /// <summary>Adds a node that reads bytes and gives digits, three to a long.</summary>
    /// <param name="kind">The code of its kind.</param>
    /// <param name="form">What it reads.</param>
    /// <param name="outputs">Values it gives.</param>
    /// <param name="attributes">The bytes of its attributes behind the first two.</param>
    /// <exception cref="InvalidOperationException">There are 16 buffers or 64 nodes already.</exception>
    public void AddPacked(int kind, ByteForm form, int outputs, byte[] attributes)
    {
        int levels = Levels(BlobFormat.Levels, inputs);
        Add(kind, form, levels, Shared(BlobFormat.Longs, Int8Blocks.LongsFor(outputs)), outputs, attributes);
    }

    /// <summary>Adds a node that reads bytes and gives floats.</summary>
    /// <param name="kind">The code of its kind.</param>
    /// <param name="form">What it reads.</param>
    /// <param name="outputs">Values it gives.</param>
    /// <param name="scale">What one step of a digit is worth.</param>
    /// <exception cref="InvalidOperationException">There are 16 buffers or 64 nodes already.</exception>
    public void AddFloats(int kind, ByteForm form, int outputs, float scale)
    {
        int levels = Levels(BlobFormat.Levels, inputs);
        Add(kind, form, levels, Shared(BlobFormat.Floats, outputs), outputs, BitConverter.GetBytes(scale));
    }

    private void Add(int kind, ByteForm form, int levels, int output, int outputs, byte[] attributes) =>
        Plan.AddNode(kind, Plan.CurrentBuffer, output, outputs, [(byte)form.Zero, (byte)levels, .. attributes]);

    /// <summary>Of a first node, the buffer for the sample's levels.</summary>
    private int Levels(int type, int count)
    {
        if (Plan.CurrentBuffer != BlobFormat.Sample)
        {
            return ByteKind.None;
        }

        Plan.InputForm = Plan.InputForm == InputForm.Values ? InputForm.Levels : Plan.InputForm;
        Plan.AddBuffer(BlobFormat.Floats, 1);
        return Buffer(type, count, -1, -1);
    }

    /// <summary>A buffer of bytes that is none of two.</summary>
    private int Buffer(int type, int length, int read, int levels)
    {
        int buffer = bytes.Where(known => known.Type == type && known.Buffer != read && known.Buffer != levels)
            .Select(known => known.Buffer).DefaultIfEmpty(-1).First();
        if (buffer < 0)
        {
            buffer = Plan.AddBuffer(type, length);
            bytes.Add((type, buffer));
        }

        Plan.Widen(buffer, length);
        return buffer;
    }

    private int Shared(int type, int length)
    {
        int buffer = Plan.FindBuffer(type, BlobFormat.Sample);
        buffer = buffer < 0 ? Plan.AddBuffer(type, length) : buffer;
        Plan.Widen(buffer, length);
        return buffer;
    }
}
