using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.Tests.Blobs;

/// <summary>Records of other libraries behind a blob's weights.</summary>
public class BlobExtrasTests
{
    [Fact]
    public void Records_are_found_again_and_change_no_network()
    {
        byte[] blob = Blob();
        byte[] one = BlobExtras.With(blob, 200, 1, [1, 2, 3, 4]);
        byte[] two = BlobExtras.With(one, 201, 3, []);
        Assert.Null(BlobExtras.Find(blob, 200));
        Assert.Equal([1, 2, 3, 4], BlobExtras.Find(two, 200)!);
        Assert.Equal([], BlobExtras.Find(two, 201)!);
        Assert.Null(BlobExtras.Find(two, 202));

        // A network that is written anew has none.
        Assert.Equal(blob, BlobWriter.ToArray(Network.FromBlob(two)));
    }

    [Fact]
    public void What_is_no_record_is_refused()
    {
        byte[] blob = BlobExtras.With(Blob(), 200, 1, [1, 2, 3, 4]);
        Assert.Throws<ArgumentException>(() => BlobExtras.With(blob, 200, 1, []));
        Assert.Throws<ArgumentException>(() => BlobExtras.With(blob, 201, 1, [1]));

        // A length that leads past the end finds nothing.
        blob[^6] = 255;
        BlobWriter.Seal(blob, 0, blob.Length);
        Assert.Null(BlobExtras.Find(blob, 200));

        // Bytes behind the weights without the section, and the section without bytes.
        byte[] without = [.. Blob(), 0, 0, 0, 0];
        BlobWriter.Seal(without, 0, without.Length);
        Assert.Equal(BlobError.LengthMismatch, new BlobReader().Open(without, 0, without.Length));
        byte[] empty = Blob();
        empty[BlobFormat.SectionsAt] |= BlobFormat.HasExtras;
        BlobWriter.Seal(empty, 0, empty.Length);
        Assert.Equal(BlobError.LengthMismatch, new BlobReader().Open(empty, 0, empty.Length));
    }

    private static byte[] Blob()
    {
        Network network = new PlanBuilder(3, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(4, Activation.Relu)
            .AddDense(2, Activation.Softmax).ToNetwork();
        Initializers.Draw(network, 1);
        return BlobWriter.ToArray(network);
    }
}
