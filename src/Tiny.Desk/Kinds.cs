using Tiny.Anomaly;
using Tiny.Convolution;
using Tiny.Convolution.Int8.Saving;
using Tiny.Convolution.Int8.Wide;
using Tiny.Convolution.Learning;
using Tiny.Convolution.Planning;
using Tiny.Convolution.Streaming;
using Tiny.Int8.Wide;
using Tiny.Learning.Wide;
using Tiny.Recurrence;
using Tiny.Recurrence.Int8;
using Tiny.Recurrence.Int8.Saving;
using Tiny.Sparse.Int8;
using Tiny.Sparse.Int8.Saving;
using Tiny.Sparse.Learning;
using Tiny.Sparse.Saving;
using Tiny.Version1;

namespace Tiny.Desk;

/// <summary>Every kind of layer that Tiny has: on the desk nobody picks, as there is room for all.</summary>
/// <example>
/// <code>
/// Kinds.RegisterAll();                                       // once, before any model is loaded
/// Network network = Network.FromBlob(blob);
/// </code>
/// </example>
public static class Kinds
{
    /// <summary>
    /// Registers all layer kinds with the kernels of large boards, how they learn and begin, and
    /// the reader of older blobs. Again is as good as once.
    /// </summary>
    public static void RegisterAll()
    {
        WideLearning.Register();
        LearningKinds.Register();
        ConvolutionInitializers.Register();
        Add.Register();
        Concat.Register();
        WideInt8Convolutions.Register();
        SparseLevels.Register();
        WideLevelDense.Register();
        SparseLevelUnpacker.Register();
        SparseLearning.Register();
        SparseUnpacker.Register();
        Int8ConvolutionSaving.Register();
        Version1Format.Register();
        NearestMean.Register();
        Gru.Register();
        FastGrnn.Register();
        Int8Gru.Register();
        Int8GruUnpacker.Register();
        Int8FastGrnn.Register();
        Int8FastGrnnUnpacker.Register();
        Ring.Register();
    }
}
