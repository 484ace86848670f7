using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Int8;
using Tiny.Planning;

namespace Tiny.Desk;

/// <summary>Adds int8 layers to a plan: nodes, and the buffers of digits and sums that they share.</summary>
internal static class Int8Plan
{
    // What the last int8 layer of a plan gives.
    private const int Floats = 0;

    internal static void Add(PlanBuilder plan, int outputs, Activation activation, float parameter, bool last)
    {
        bool first = plan.CurrentBuffer == BlobFormat.Sample;
        int inputs = plan.CurrentWidth;
        int rows = outputs * ActivationTraits.RowsPerOutput(activation);
        if (first)
        {
            plan.InputForm = plan.InputForm == InputForm.Values ? InputForm.Levels : plan.InputForm;
            plan.AddBuffer(BlobFormat.Floats, 1);
        }

        bool summed = Int8Attributes.NeedsSums(first, inputs, activation, last);
        int sums = summed ? Buffer(plan, BlobFormat.Integers, (rows + 2) / 3 * 3) : Int8Attributes.None;
        int output = last ? Floats : Buffer(plan, BlobFormat.Longs, Int8Blocks.LongsFor(outputs));
        if (last)
        {
            plan.Widen(Floats, rows);
        }

        byte[] dense = PlanBuilder.DenseAttributes(outputs, activation, parameter);
        byte[] attributes = [.. dense[..3], (byte)(last ? 1 : 0), (byte)sums, .. dense[3..]];
        plan.AddNode(first ? LevelDense.LevelDenseCode : DigitDense.DigitDenseCode, first ? BlobFormat.Sample : plan.CurrentBuffer, output,
            outputs, attributes);
        plan.OutputFunction = activation == Activation.Softmax ? Activation.Softmax : Activation.Linear;
    }

    /// <summary>The plan's buffer of digits or of sums, at least so long.</summary>
    private static int Buffer(PlanBuilder plan, int type, int length)
    {
        int buffer = plan.FindBuffer(type, BlobFormat.Sample);
        if (buffer < 0)
        {
            return plan.AddBuffer(type, length);
        }

        plan.Widen(buffer, length);
        return buffer;
    }
}
