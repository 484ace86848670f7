using Tiny.Core;
using Tiny.Import.Tests.Graphs;
using Tiny.Training.Import;

namespace Tiny.Import.Tests.Import;

/// <summary>Graphs as exporters write them, imported and held to ONNX Runtime.</summary>
public class GraphTests
{
    private const double Exact = 1e-5;
    private const double OfTable = 1e-3; // the core's table is within 9e-5 of sigmoid and tanh, before layers behind add up

    public static TheoryData<string> Names() => [.. MadeGraphs.Names];

    [Fact]
    public void There_are_more_than_sixty() => Assert.True(MadeGraphs.Names.Count() > 60, $"{MadeGraphs.Names.Count()} graphs.");

    [RuntimeTheory]
    [MemberData(nameof(Names))]
    public void It_answers_as_ONNX_Runtime_does(string name)
    {
        (byte[] model, int[] shape) = MadeGraphs.Make(name);
        ImportedModel imported = OnnxImporter.Import(model);
        Agreement agreement = Agreement.Of(imported, model, shape);
        Assert.InRange(agreement.Reference, 0, Exact);
        Assert.InRange(agreement.Core, 0, MadeGraphs.UsesTable(name) ? OfTable : Exact);
        Assert.Equal(MadeGraphs.UsesTable(name), imported.UsesTable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_blob_and_its_exported_source_have_the_cores_bits(string name)
    {
        ImportedModel imported = OnnxImporter.Import(MadeGraphs.Make(name).Model);
        Assert.True(imported.Check(imported.DrawRows(4)).Passed);
        float[][] rows = [.. imported.DrawRows(6)];
        int[][] expected = Agreement.Bits(imported.Network, rows);
        Assert.Equal(expected, Agreement.Bits(Network.FromBlob(imported.ToBlob()), rows));
        Assert.Equal(expected, ExportedSource.Bits(imported.Network, rows));
    }

    [TorchFact]
    public void Models_of_PyTorch_answer_as_ONNX_Runtime_does()
    {
        Assert.Equal(20, TorchGraphs.Files.Count);
        foreach (string file in TorchGraphs.Files)
        {
            byte[] model = File.ReadAllBytes(file);
            ImportedModel imported = OnnxImporter.Import(file);
            Agreement agreement = Agreement.Of(imported, model, TorchGraphs.ShapeOf(file));
            Assert.True(agreement is { Core: <= Exact, Reference: <= Exact }, $"{file}: {agreement}");
            float[][] rows = [.. imported.DrawRows(3)];
            Assert.Equal(Agreement.Bits(imported.Network, rows), Agreement.Bits(Network.FromBlob(imported.ToBlob()), rows));
        }
    }
}
