using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Tiny.Import.Tests.Graphs;

/// <summary>ONNX Runtime, where its native library loads.</summary>
internal static class Runtime
{
    /// <summary>Why it cannot be used here; null where it can.</summary>
    internal static string? Missing { get; } = Find();

    /// <summary>Answers a sample; null where the runtime does not load.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="samples">In the graph's order.</param>
    /// <param name="shape">The shape of the input, the batch as 1.</param>
    /// <param name="output">The output; null for the first.</param>
    internal static float[][] Answer(byte[] model, IEnumerable<float[]> samples, int[] shape, string? output = null)
    {
        using SessionOptions options =
            new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using InferenceSession session = new(model, options);
        List<float[]> answers = [];
        foreach (float[] sample in samples)
        {
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> given = session.Run(
                [NamedOnnxValue.CreateFromTensor(session.InputMetadata.Keys.First(), new DenseTensor<float>(sample, shape))],
                    [output ?? session.OutputMetadata.Keys.First()]);
            answers.Add([.. given[0].AsEnumerable<float>()]);
        }

        return [.. answers];
    }

    private static string? Find()
    {
        try
        {
            return OrtEnv.Instance().GetVersionString().Length > 0 ? null : "ONNX Runtime has no version.";
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException
            or EntryPointNotFoundException)
        {
            return $"ONNX Runtime's native library does not load here: {error.Message}";
        }
    }
}

/// <summary>A test against ONNX Runtime; skipped with a word where that does not load.</summary>
public sealed class RuntimeTheoryAttribute : TheoryAttribute
{
    public RuntimeTheoryAttribute()
    {
        Skip = Runtime.Missing;
    }
}

/// <summary>A test against ONNX Runtime; skipped with a word where that does not load.</summary>
public sealed class RuntimeFactAttribute : FactAttribute
{
    public RuntimeFactAttribute()
    {
        Skip = Runtime.Missing;
    }
}
