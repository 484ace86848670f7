using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Int8;
using Tiny.Learning;

namespace Tiny.Desk;

/// <summary>Adds int8 layers to a plan: nodes, and the buffers of digits and sums that they share.</summary>
internal static class Int8Plan
{
    // Of a plan whose first layers are int8: what the last of them gives, their sums, and the digits between them.
    private const int Floats = 0;
    private const int Sums = 1;
    private const int Digits = 2;

    internal static void Add(PlanBuilder plan, int outputs, Activation activation, float parameter, bool last)
    {
        bool first = plan.CurrentBuffer == BlobFormat.Sample;
        int rows = outputs * ActivationTraits.RowsPerOutput(activation);
        if (first)
        {
            plan.InputForm = plan.InputForm == InputForm.Values ? InputForm.Levels : plan.InputForm;
            plan.AddBuffer(BlobFormat.Floats, 1);
            plan.AddBuffer(BlobFormat.Integers, 3);
            if (!last)
            {
                plan.AddBuffer(BlobFormat.Longs, 1);
            }
        }

        plan.Widen(Sums, (rows + 2) / 3 * 3);
        if (last)
        {
            plan.Widen(Floats, rows);
        }
        else
        {
            plan.Widen(Digits, Int8Blocks.LongsFor(outputs));
        }

        byte[] dense = PlanBuilder.DenseAttributes(outputs, activation, parameter);
        byte[] attributes = [.. dense[..3], (byte)(last ? 1 : 0), Sums, .. dense[3..]];
        plan.AddNode(first ? LevelDense.LevelDenseCode : DigitDense.DigitDenseCode, first ? BlobFormat.Sample : Digits, last ? Floats : Digits, outputs, attributes);
        plan.OutputFunction = activation == Activation.Softmax ? Activation.Softmax : Activation.Linear;
    }
}
