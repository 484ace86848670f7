using Tiny.Core;
using Tiny.Import.Tests.Graphs;
using Tiny.Training.Import;

namespace Tiny.Import.Tests.Import;

/// <summary>How an imported model, the graph's own reference and ONNX Runtime agree.</summary>
/// <param name="Core">The largest difference between the device's library and ONNX Runtime, as a share of the largest output.</param>
/// <param name="Reference">The same between the node-by-node reference and ONNX Runtime.</param>
internal sealed record Agreement(double Core, double Reference)
{
    private const int Rows = 10;

    internal static Agreement Of(ImportedModel imported, byte[] model, int[] shape)
    {
        float[][] rows = [.. imported.DrawRows(Rows)];
        float[][] answers = Runtime.Answer(model, rows.Select(imported.ToGraph), shape);
        double core = 0;
        double reference = 0;
        double largest = 0;
        float[] outputs = new float[imported.Network.Outputs];
        for (int row = 0; row < rows.Length; row++)
        {
            double[] expected = Array.ConvertAll(imported.ToModel(answers[row]), value => (double)value);
            bool isLogarithm = imported.Remarks.Any(remark => remark.Contains("LogSoftmax", StringComparison.Ordinal));
            expected = isLogarithm ? Array.ConvertAll(expected, Math.Exp) : expected;
            double[] plain = imported.AnswerOfGraph(rows[row]);
            imported.Network.Predict(rows[row], outputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                core = Math.Max(core, Math.Abs(outputs[i] - expected[i]));
                reference = Math.Max(reference, Math.Abs(plain[i] - expected[i]));
                largest = Math.Max(largest, Math.Abs(expected[i]));
            }
        }

        return new Agreement(core / largest, reference / largest);
    }

    /// <summary>The bits of a model's answers to drawn rows.</summary>
    internal static int[][] Bits(Network network, IEnumerable<float[]> rows) => [.. rows.Select(row =>
    {
        float[] outputs = new float[network.Outputs];
        network.Predict(row, outputs);
        return outputs.Select(BitConverter.SingleToInt32Bits).ToArray();
    })];
}
