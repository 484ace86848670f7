using Tiny.Anomaly;
using Tiny.Int8.Saving;
using Tiny.Int8.Wide;
using Tiny.Learning.Wide;
using Tiny.Version1;

namespace Tiny.Desk;

/// <summary>Every kind of layer that Tiny has: on the desk nobody picks, as there is room for all.</summary>
public static class Kinds
{
    /// <summary>Registers all layer kinds with the kernels of large boards, how they learn, and the reader of older blobs. Again is as good as once.</summary>
    public static void RegisterAll()
    {
        WideLearning.Register();
        WideLevelDense.Register();
        Int8Saving.Register();
        Version1Format.Register();
        NearestMean.Register();
    }
}
