using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tiny.Core;
using Tiny.Training.Export.CSharp;

namespace Tiny.Import.Tests.Import;

/// <summary>The exported source of a model, compiled and run here.</summary>
internal static class ExportedSource
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll")
        .Select(path => MetadataReference.CreateFromFile(path))];

    internal static int[][] Bits(Network network, float[][] rows)
    {
        using MemoryStream image = new();
        var result = CSharpCompilation.Create("Exported",
            [CSharpSyntaxTree.ParseText(CSharpExporter.Export(network, "Some", "Model"), new CSharpParseOptions(LanguageVersion.CSharp9))],
                References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release)).Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Take(3)));
        image.Position = 0;
        MethodInfo predict = new AssemblyLoadContext("Exported", isCollectible: true).LoadFromStream(image).GetType("Some.Model")!
            .GetMethod("Predict", [typeof(float[]), typeof(float[])])!;
        return [.. rows.Select(row =>
        {
            float[] outputs = new float[network.Outputs];
            predict.Invoke(null, [row, outputs]);
            return outputs.Select(BitConverter.SingleToInt32Bits).ToArray();
        })];
    }
}
