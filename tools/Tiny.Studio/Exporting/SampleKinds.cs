using Tiny.Anomaly;
using Tiny.Convolution;
using Tiny.Convolution.Int8;
using Tiny.Convolution.Streaming;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Recurrence;
using Tiny.Recurrence.Int8;
using Tiny.Sparse;
using Tiny.Sparse.Int8;
using Tiny.Training.Data;

namespace Tiny.Studio.Exporting;

/// <summary>What a device program carries and registers for the layers of a model: a board has what it uses and nothing else.</summary>
/// <param name="Libraries">The libraries by the names of their projects, besides Tiny.Core and Tiny.Features.</param>
/// <param name="Register">What is registered, as type names, each with a method Register.</param>
internal sealed record SampleKinds(IReadOnlyList<string> Libraries, IReadOnlyList<string> Register)
{
    private const byte OldVersion = 1;

    private static readonly Dictionary<int, (string Library, string Register)> Known = new()
    {
        [LevelDense.LevelDenseCode] = ("Tiny.Int8", nameof(Int8Layers)),
        [DigitDense.DigitDenseCode] = ("Tiny.Int8", nameof(Int8Layers)),
        [Conv2D.Conv2DCode] = ("Tiny.Convolution", nameof(Conv2D)),
        [DepthwiseConv2D.DepthwiseConv2DCode] = ("Tiny.Convolution", nameof(DepthwiseConv2D)),
        [MaxPooling.MaxPoolingCode] = ("Tiny.Convolution", nameof(MaxPooling)),
        [AveragePooling.AveragePoolingCode] = ("Tiny.Convolution", nameof(AveragePooling)),
        [GlobalAverage.GlobalAverageCode] = ("Tiny.Convolution", nameof(GlobalAverage)),
        [Add.AddCode] = ("Tiny.Convolution", nameof(Add)),
        [Concat.ConcatCode] = ("Tiny.Convolution", nameof(Concat)),
        [SparseDense.SparseCode] = ("Tiny.Sparse", nameof(SparseDense)),
        [SparseLevels.SparseLevelsCode] = ("Tiny.Sparse.Int8", nameof(SparseLevels)),
        [Gru.GruCode] = ("Tiny.Recurrence", nameof(Gru)),
        [FastGrnn.FastGrnnCode] = ("Tiny.Recurrence", nameof(FastGrnn)),
        [Int8Gru.Int8GruCode] = ("Tiny.Recurrence.Int8", nameof(Int8Gru)),
        [NearestMean.NearestMeanCode] = ("Tiny.Anomaly", nameof(NearestMean)),
        [Ring.RingCode] = ("Tiny.Convolution.Streaming", nameof(Ring)),
    };

    /// <summary>Finds out what a model needs.</summary>
    /// <param name="blob">The model.</param>
    /// <param name="network">The same, loaded.</param>
    /// <exception cref="DataException">It has layers of a kind that is not Tiny's own.</exception>
    internal static SampleKinds Of(byte[] blob, Network network)
    {
        SortedSet<string> libraries = new(StringComparer.Ordinal);
        List<string> register = [];
        void Add(string library, string type)
        {
            libraries.Add(library);
            if (!register.Contains(type))
            {
                register.Add(type);
            }
        }

        if (blob[BlobFormat.VersionAt] == OldVersion)
        {
            Add("Tiny.Version1", "Version1Format");
        }

        for (int i = 0; i < network.LayerCount; i++)
        {
            int kind = network.GetLayer(i).Kind;
            if (Known.TryGetValue(kind, out (string Library, string Register) known))
            {
                Add(known.Library, known.Register);
            }
            else if (kind >= Int8Conv2D.Int8Conv2DCode && kind <= Int8Vector.FlattenCode)
            {
                Add("Tiny.Convolution.Int8", nameof(Int8Convolutions));
            }
            else if (kind != Dense.DenseCode)
            {
                throw new DataException(
                    $"Layer {i} is of kind {kind}, which no library of Tiny's has. Export the blob as C#, and register your kind as your "
                        + "other programs do.");
            }
        }

        return new SampleKinds([.. libraries], register);
    }
}
