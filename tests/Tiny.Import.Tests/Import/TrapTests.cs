using System.Runtime.InteropServices;
using Tiny.Core;
using Tiny.Import.Tests.Graphs;
using Tiny.Training.Export.Onnx;
using Tiny.Training.Import;

namespace Tiny.Import.Tests.Import;

/// <summary>What importers fail at: each imports and answers as ONNX Runtime does, or is refused by name.</summary>
public class TrapTests
{
    [RuntimeFact]
    public void Gemm_without_a_bias_imports()
    {
        GraphMaker maker = new(1, 6);
        maker.ThenWith("Gemm", [maker.Weights(1, 6, 3)]);
        maker.Shape = [3];
        Agrees(maker);
    }

    [Fact]
    public void A_bias_that_would_enlarge_what_it_is_added_to_is_refused_with_both_shapes()
    {
        GraphMaker maker = new(1, 6);
        maker.ThenWith("MatMul", [maker.Weights(1, 6, 8)]).ThenWith("Add", [maker.Weights(1, 8, 1, 1)]);
        maker.Shape = [8, 8];
        Refused(maker.Done(), "add", "Add", "[1, 8]", "[8, 1, 1]");
    }

    [RuntimeFact]
    public void A_bias_of_8_1_1_behind_a_convolution_imports()
    {
        GraphMaker maker = new GraphMaker(1, 2, 7, 7).Conv(8, [3, 3], bias: false);
        Agrees(maker.ThenWith("Add", [maker.Weights(1, 8, 1, 1)]).Then("Relu").Gap().Gemm(2));
    }

    [RuntimeTheory]
    [InlineData(2, 0, 0, 0)]
    [InlineData(0, 0, 0, 2)]
    [InlineData(0, 1, 2, 0)]
    public void Pads_on_one_side_import(int above, int left, int below, int right) =>
        Agrees(new GraphMaker(3, 2, 6, 5).Conv(3, [3, 3], [above, left, below, right]).Then("Relu").Flatten().Gemm(2));

    [RuntimeFact]
    public void A_model_saved_with_a_batch_imports_for_one_sample_and_says_so()
    {
        GraphMaker maker = new GraphMaker(5, 2, 8).Conv(3, [3]).Then("Relu");
        maker.ThenWith("Reshape", [maker.File.Constant("four", 4, 18)]);
        maker.Shape = [18];
        byte[] model = FixedBatch(maker.Gemm(2).Done(), 4);
        ImportedModel imported = OnnxImporter.Import(model);
        Assert.Contains(imported.Remarks, remark => remark.Contains("batches of 4"));
        Assert.True(imported.Check(imported.DrawRows()).Passed);
    }

    [RuntimeFact]
    public void Weights_that_two_nodes_share_import_for_each()
    {
        GraphMaker maker = new(1, 5);
        string weights = maker.Weights(1, 5, 5);
        maker.ThenWith("MatMul", [weights]).Then("Relu").ThenWith("MatMul", [weights]);
        maker.Shape = [5];
        ImportedModel imported = Agrees(maker);
        Assert.Equal(2, imported.Network.LayerCount);
    }

    [RuntimeFact]
    public void Nodes_whose_outputs_nobody_uses_are_left_out()
    {
        GraphMaker maker = new GraphMaker(1, 5).Gemm(4).Then("Relu");
        maker.File.Node("spare", "Erf", [maker.Name]);
        maker.File.Node("dropout", "Dropout", [maker.Name]);
        Assert.Equal(2, Agrees(maker.Gemm(2)).Network.LayerCount);
    }

    [Fact]
    public void Batch_normalization_in_the_form_for_training_is_refused()
    {
        GraphMaker maker = new GraphMaker(15, 1, [3, 8]).Conv(4, [3]);
        maker.ThenWith("BatchNormalization", [maker.Positive(4), maker.Weights(1, 4), maker.Weights(1, 4), maker.Positive(4)],
            ("training_mode", 1));
        Refused(maker.Gap().Gemm(2).Done(), "BatchNormalization", "form for training", "model.eval()");
    }

    [Fact]
    public void A_graph_in_a_circle_is_refused_and_one_out_of_order_is_put_in_order()
    {
        OnnxFile circle = new("test", 13);
        circle.Input("x", 3);
        circle.Node("a", "Add", ["x", "b"]);
        circle.Node("b", "Relu", ["a"]);
        circle.Output("b", 3);
        Refused(circle.ToBytes("test"), "goes in a circle");

        OnnxFile turned = new("test", 13);
        turned.Input("x", 3);
        turned.Node("z", "Relu", ["y"]);
        turned.Node("y", "MatMul", ["x", turned.Constant("w", [1f, -1f, 2f, 0.5f, 1f, 1f], 3, 2)]);
        turned.Output("z", 2);
        float[] outputs = new float[2];
        OnnxImporter.Import(turned.ToBytes("test")).Network.Predict([1f, 2f, 3f], outputs);
        Assert.Equal([8f, 3f], outputs);
    }

    [Fact]
    public void Two_things_of_one_name_are_refused()
    {
        GraphMaker maker = new GraphMaker(1, 5).Gemm(4);
        maker.File.Node(maker.Name, "Relu", ["x"]);
        Refused(maker.Done(), maker.Name, "has that name already");
        GraphMaker twice = new GraphMaker(1, 5);
        twice.File.Constant("w", [1f], 1);
        twice.File.Constant("w", [2f], 1);
        Refused(twice.Gemm(2).Done(), "\"w\"");
    }

    [RuntimeFact]
    public void Negative_axes_import()
    {
        GraphMaker maker = new GraphMaker(1, 2, 6, 6).Conv(4, [3, 3]).Then("Relu")
            .Then("ReduceMean", ("axes", new[] { -1, -2 }), ("keepdims", 1));
        maker.ThenWith("Squeeze", [maker.File.Constant("axes", -1, -2)]);
        maker.Shape = [4];
        Agrees(maker.Gemm(3).Then("Softmax", ("axis", -1)));
    }

    [Fact]
    public void A_model_of_float16_imports_with_a_word()
    {
        byte[] model = new HalfModel().ToBytes();
        ImportedModel imported = OnnxImporter.Import(model);
        Assert.Contains(imported.Remarks, remark => remark.Contains("float16"));
        float[] outputs = new float[1];
        imported.Network.Predict([2f, 4f], outputs);
        Assert.Equal(2f * 0.5f - 4f * 1.25f, outputs[0]);
    }

    [Fact]
    public void A_large_file_that_is_no_model_is_refused_without_being_read()
    {
        string path = Path.Combine(Path.GetTempPath(), $"tiny-{Guid.NewGuid():N}.onnx");
        try
        {
            using (FileStream file = File.Create(path))
            {
                file.Write("This is a text and no model."u8);
                file.SetLength(300_000_000);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains("no ONNX model", Assert.Throws<ImportException>(() => OnnxImporter.Import(path)).Message);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] model = new GraphMaker(1, 2, 8).Conv(3, [3]).Then("Relu").Gap().Gemm(2).Done();
        for (int length = 0; length < model.Length; length++)
        {
            Assert.Throws<ImportException>(() => OnnxImporter.Import(model[..length]));
        }
    }

    [Fact]
    public void Weights_in_a_file_of_their_own_are_read_and_a_file_outside_the_folder_is_not()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-external-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "m.bin"), [0, 0, 0, 0, .. MemoryMarshal.AsBytes<float>(new[] { 3f, -2f })]);
            byte[] model = ExternalModel.Of("m.bin", 4, 8);
            File.WriteAllBytes(Path.Combine(folder.FullName, "m.onnx"), model);
            float[] outputs = new float[1];
            OnnxImporter.Import(Path.Combine(folder.FullName, "m.onnx")).Network.Predict([1f, 1f], outputs);
            Assert.Equal(1f, outputs[0]);
            Assert.Contains("m.bin", Assert.Throws<ImportException>(() => OnnxImporter.Import(model)).Message);
            foreach (string elsewhere in new[] { "../m.bin", "/etc/passwd", "none.bin", "" })
            {
                Assert.Throws<ImportException>(() => OnnxImporter.Import(ExternalModel.Of(elsewhere, 0, 8), null, folder.FullName));
            }

            Assert.Contains("expected 8 bytes",
                Assert.Throws<ImportException>(() => OnnxImporter.Import(ExternalModel.Of("m.bin", 8, 8), null, folder.FullName)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("LSTM", "GRU")]
    [InlineData("QLinearConv", "quantized")]
    [InlineData("DequantizeLinear", "--weights int8")]
    [InlineData("Loop", "unrolled")]
    [InlineData("ConvTranspose", "transposed")]
    [InlineData("Erf", "GELU")]
    [InlineData("Foo", "IMPORT.md")]
    public void An_operator_without_an_equal_is_refused_by_name_with_what_would_do(string name, string advice)
    {
        GraphMaker maker = new GraphMaker(1, 5).Gemm(4);
        maker.Then(name);
        Refused(maker.Done(), name, advice, name.ToLowerInvariant());
    }

    [Fact]
    public void A_softmax_in_the_middle_an_open_size_and_several_outputs_are_refused()
    {
        Refused(new GraphMaker(1, 5).Gemm(4).Then("Softmax").Gemm(2).Done(), "Gemm", "softmax");
        Refused(new GraphMaker(1, 5, -1).Conv(2, [1]).Done(), "\"x\"", "open");
        GraphMaker two = new GraphMaker(1, 5).Gemm(4);
        two.File.Output(two.Name, 4);
        Refused(two.Gemm(2).Done(), "--output", "2 outputs");
        Assert.Equal(4, OnnxImporter.Import(two.File.ToBytes("test"), new ImportOptions { Output = "gemm2" }).Network.Outputs);
    }

    [Fact]
    public void Labels_make_a_classifier_of_scores_and_a_wrong_count_is_refused()
    {
        byte[] model = new GraphMaker(1, 5).Gemm(3).Done();
        Assert.Equal(NetworkTask.Regression, OnnxImporter.Import(model).Network.Task);
        ImportedModel named = OnnxImporter.Import(model, new ImportOptions { Labels = ["a", "b", "c"] });
        Assert.Equal(NetworkTask.Classification, named.Network.Task);
        Assert.Equal("b", named.Network.GetOutputName(1));
        Assert.True(named.Check(named.DrawRows()).Passed);
        Assert.Contains("softmax was added", string.Join(' ', named.Remarks));
        Assert.Contains("2 labels",
            Assert.Throws<ImportException>(() => OnnxImporter.Import(model, new ImportOptions { Labels = ["a", "b"] })).Message);
        ImportedModel two = OnnxImporter.Import(new GraphMaker(1, 5).Gemm(1).Done(), new ImportOptions { Labels = ["no", "yes"] });
        Assert.Equal(2, two.Network.ClassCount);
        Assert.True(two.Check(two.DrawRows()).Passed);
    }

    [Fact]
    public void Mean_and_deviation_outside_the_model_become_its_normalization()
    {
        byte[] model = new GraphMaker(1, 2, 6, 5).Conv(3, [3, 3]).Then("Relu").Flatten().Gemm(2).Done();
        ImportedModel plain = OnnxImporter.Import(model);
        ImportedModel scaled = OnnxImporter.Import(model, new ImportOptions { Means = [10f, 20f], Deviations = [2f, 4f] });
        Assert.True(scaled.Check(scaled.DrawRows()).Passed);
        float[] row = [.. Enumerable.Range(0, 60).Select(i => 0.1f * (i % 7))];
        float[] expected = new float[2];
        float[] outputs = new float[2];
        plain.Network.Predict(row, expected);
        scaled.Network.Predict([.. row.Select((value, i) => value * (i % 2 == 0 ? 2f : 4f) + (i % 2 == 0 ? 10f : 20f))], outputs);
        Assert.Equal(expected[0], outputs[0], 1e-5f);
        Assert.Throws<ImportException>(() => OnnxImporter.Import(model, new ImportOptions { Deviations = [0f] }));
        Assert.Throws<ImportException>(() => OnnxImporter.Import(model, new ImportOptions { Means = [1f, 2f, 3f] }));
    }

    private static ImportedModel Agrees(GraphMaker maker)
    {
        byte[] model = maker.Done();
        ImportedModel imported = OnnxImporter.Import(model);
        Agreement agreement = Agreement.Of(imported, model, [1, .. maker.Input]);
        Assert.True(agreement is { Core: <= 1e-5, Reference: <= 1e-5 }, agreement.ToString());
        return imported;
    }

    private static void Refused(byte[] model, params string[] words)
    {
        string message = Assert.Throws<ImportException>(() => OnnxImporter.Import(model)).Message;
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    /// <summary>The model with a number in the place of its open batch.</summary>
    private static byte[] FixedBatch(byte[] model, byte batch)
    {
        // A dimension by name, "N", becomes one by number of the same length: 12 01 4E, behind 0A 03.
        byte[] changed = [.. model];
        for (int at = 0; at + 5 <= changed.Length; at++)
        {
            if (changed.AsSpan(at, 5).SequenceEqual(new byte[] { 0x0A, 0x03, 0x12, 0x01, 0x4E }))
            {
                // dim_value as a varint of two bytes.
                (changed[at + 2], changed[at + 3], changed[at + 4]) = (0x08, (byte)(0x80 | batch), 0x00);
            }
        }

        return changed;
    }
}
