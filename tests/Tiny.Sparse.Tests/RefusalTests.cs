using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training.Pruning;

namespace Tiny.Sparse.Tests;

/// <summary>Indices that are not well are refused before anything is made of them.</summary>
public class RefusalTests
{
    private static int Mutations => int.TryParse(Environment.GetEnvironmentVariable("TINY_MUTATIONS"), out int count) ? count : 3000;

    [Theory]
    [InlineData(0, 5)]   // bits of a gap that there are not
    [InlineData(1, 2)]   // neither for the sample as it is nor normalized
    [InlineData(2, 1)]   // what is reserved
    [InlineData(4, 1)]   // fewer weights than the rows have
    [InlineData(5, 255)] // more than the blob could hold
    [InlineData(8, 1)]   // fewer gaps
    [InlineData(11, 128)]
    [InlineData(12, 60)] // more weights in the first row
    [InlineData(13, 255)]
    public void A_damaged_head_is_refused(int at, byte value)
    {
        byte[] blob = SparseBlob.Of(Make.Dense(60, 5, 0.2));
        (int index, _) = Find(blob);
        Assert.NotEqual(value, blob[index + at]);
        blob[index + at] = value;
        Assert.Throws<BlobException>(() => Network.FromBlob(Sealed(blob)));
    }

    [Fact]
    public void Gaps_past_the_inputs_are_refused_with_the_row()
    {
        byte[] blob = SparseBlob.Of(Make.Dense(60, 5, 0.2));
        (int index, int gaps) = Find(blob);
        for (int i = 0; i < 4; i++)
        {
            blob[gaps + i] = 0xEE;
        }

        Assert.Equal(4, blob[index]);
        Assert.Contains("indices", Assert.Throws<BlobException>(() => Network.FromBlob(Sealed(blob))).Message);
    }

    [Fact]
    public void Weights_for_the_sample_as_it_is_are_a_first_layers_alone()
    {
        Network two = Network.FromBlob(SparseBlob.Of(Make.Dense(60, 40, 0.2)));
        Assert.Equal(1, ((SparseLayer)two.GetLayer(0)).Index.Raw);
        byte[] blob = Make.Blob(Make.Train(Make.Options(0.7f) with { HiddenLayers = [30, 24] }));
        Network network = Network.FromBlob(blob);
        Assert.IsType<SparseLayer>(network.GetLayer(1));
        ((SparseLayer)network.GetLayer(1)).Index.Raw = 1;
        Assert.Throws<BlobException>(() => Network.FromBlob(BlobWriter.ToArray(network)));
    }

    [Fact]
    public void Sums_that_could_leave_their_lanes_are_refused()
    {
        (Network network, _) = LayerTests.Int8();
        byte[] blob = BlobWriter.ToArray(network);
        BlobReader reader = new();
        reader.ThrowIf(reader.Open(blob, 0, blob.Length));
        reader.Rewind();
        reader.Next();
        FloatBits.WriteInt32(blob, reader.WeightsAt, (1 << 20) - 1);
        Assert.Throws<BlobException>(() => Network.FromBlob(Sealed(blob)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_mutations_are_refused_or_give_a_model_that_predicts(bool int8)
    {
        byte[] whole = int8 ? BlobWriter.ToArray(LayerTests.Int8().Network) : Make.Blob(Make.Train(Make.Options()));
        SeededRandom random = new(7);
        BlobReader reader = new();
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] blob = [.. whole];
            for (int change = 1 + random.NextInt(3); change > 0; change--)
            {
                blob[32 + random.NextInt(blob.Length - 32)] = (byte)random.NextInt(256);
            }

            BlobWriter.Seal(blob, 0, blob.Length);
            if (reader.Open(blob, 0, blob.Length) != BlobError.None)
            {
                refused++;
                continue;
            }

            Network network = Network.FromBlob(blob);
            float[] outputs = new float[network.Outputs];
            try
            {
                network.Predict(new float[network.Inputs], outputs);
            }
            catch (InvalidOperationException)
            {
                // Weights may have become so large that the answer is not finite: that is said.
            }
        }

        Assert.InRange(refused, Mutations / 20, Mutations - Mutations / 20);
    }

    private static byte[] Sealed(byte[] blob)
    {
        BlobWriter.Seal(blob, 0, blob.Length);
        return blob;
    }

    /// <summary>Where the indices of the first layer stand, and their gaps.</summary>
    private static (int Index, int Gaps) Find(byte[] blob)
    {
        BlobReader reader = new();
        reader.ThrowIf(reader.Open(blob, 0, blob.Length));
        reader.Rewind();
        reader.Next();
        int rows = reader.AttributeUInt16(0);
        int index = reader.WeightsAt + 4 * rows;
        return (index, index + 12 + BlobFormat.Align(2 * rows));
    }
}
