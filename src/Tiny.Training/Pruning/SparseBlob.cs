using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Saving;
using Tiny.Sparse;
using Tiny.Training.Memory;

namespace Tiny.Training.Pruning;

/// <summary>
/// Makes dense float32 layers of which most weights are 0 sparse ones, with the same answers: to
/// the bit, but that the first takes the normalization into its weights.
/// </summary>
/// <example>
/// <code>
/// File.WriteAllBytes("sparse.tiny", SparseBlob.Of(network));
/// </code>
/// </example>
public static class SparseBlob
{
    // With more weights a dense layer is quicker: a weight that is read by an index costs a third more.
    private const double MostDensity = 0.6;
    private const double MostDeviations = 64;

    /// <summary>The model as a blob, each dense layer sparse that is the smaller and quicker for it.</summary>
    public static byte[] Of(Network network)
    {
        byte[] blob = BlobWriter.ToArray(network);
        BlobReader reader = new();
        reader.ThrowIf(reader.Open(blob, 0, blob.Length));
        int nodeAt = BlobFormat.PlanAt + ((blob[BlobFormat.SectionsAt] & BlobFormat.HasShape) != 0 ? BlobFormat.ShapeBytes : 0)
            + reader.BufferCount * BlobFormat.BufferBytes;
        reader.Rewind();
        List<byte> bytes = [];
        byte[] head = [];
        for (int i = 0; i < reader.NodeCount; i++)
        {
            reader.ThrowIf(reader.Next());
            head = i == 0 ? blob[..reader.WeightsAt] : head;
            bool sparse = network.GetLayer(i) is DenseLayer dense && IsSparse(dense);
            head[nodeAt] = sparse ? (byte)SparseDense.SparseCode : head[nodeAt];
            bytes.AddRange(sparse ? Section((DenseLayer)network.GetLayer(i), i == 0 && Folds(network) ? network.Scaling : null)
                : blob[reader.WeightsAt..(reader.WeightsAt + reader.WeightBytes)]);
            nodeAt += BlobFormat.NodeBytes + reader.AttributeBytes;
        }

        return Sealed([.. head, .. bytes]);
    }

    /// <summary>
    /// A blob of which all but lengths, checksums and what it takes of RAM is there: sparse
    /// layers' memory is known only with their weights.
    /// </summary>
    internal static byte[] Sealed(byte[] blob)
    {
        BlobWriter.Seal(blob, 0, blob.Length);
        Network network = Network.FromBlob(blob);
        FloatBits.WriteInt32(blob, BlobFormat.PredictRamAt, DeviceMemory.ToPredict(network));
        FloatBits.WriteInt32(blob, BlobFormat.LearnRamAt, DeviceMemory.ToLearn(network));
        BlobWriter.Seal(blob, 0, blob.Length);
        return blob;
    }

    private static bool IsSparse(DenseLayer layer)
    {
        int weights = layer.ParameterCount - layer.Rows;
        return layer.Parameters().Where((_, i) => i % (1 + layer.Inputs) != 0).Count(weight => weight != 0f) <= MostDensity * weights
            && weights > layer.Rows;
    }

    /// <summary>
    /// Whether the normalization goes into the weights: unless means are so many deviations off that the sums would lose digits.
    /// </summary>
    private static bool Folds(Network network) => network.InputForm == InputForm.Values
        && Enumerable.Range(0, network.Inputs)
        .All(i => Math.Abs((double)network.Scaling.InputMeans[i] * network.Scaling.InputScales[i]) <= MostDeviations);

    private static byte[] Section(DenseLayer layer, Scaling? folded)
    {
        float[][] rows = [.. layer.Parameters().Chunk(1 + layer.Inputs)];
        foreach (float[] row in rows)
        {
            Fold(row, folded);
        }

        int[][] inputs = [.. rows.Select(row => Enumerable.Range(0, layer.Inputs).Where(i => row[1 + i] != 0f).ToArray())];
        return
        [
            .. rows.SelectMany(row => BitConverter.GetBytes(row[0] + 0f)), // -0 becomes 0
            .. SparseIndex.Of(inputs, folded is not null),
            .. rows.Zip(inputs, (row, there) => there.SelectMany(i => BitConverter.GetBytes(row[1 + i]))).SelectMany(bytes => bytes),
        ];
    }

    /// <summary>In double, each number rounded once: w scale, and the bias less w scale mean.</summary>
    private static void Fold(float[] row, Scaling? scaling)
    {
        if (scaling is null)
        {
            return;
        }

        double bias = row[0];
        for (int i = 1; i < row.Length; i++)
        {
            row[i] = (float)((double)row[i] * scaling.InputScales[i - 1]);
            bias -= (double)row[i] * scaling.InputMeans[i - 1];
        }

        row[0] = (float)bias;
    }
}
