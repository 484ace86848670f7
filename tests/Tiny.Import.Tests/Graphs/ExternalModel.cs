namespace Tiny.Import.Tests.Graphs;

/// <summary>A product of two inputs with weights that stand in another file.</summary>
internal static class ExternalModel
{
    internal static byte[] Of(string location, int offset, int length) => HalfModel.Message(model =>
    {
        HalfModel.Number(model, 1, 8);
        HalfModel.Bytes(model, 7, HalfModel.Message(graph =>
        {
            HalfModel.Bytes(graph, 1, HalfModel.Message(node =>
            {
                HalfModel.Text(node, 1, "x");
                HalfModel.Text(node, 1, "w");
                HalfModel.Text(node, 2, "y");
                HalfModel.Text(node, 4, "MatMul");
            }));
            HalfModel.Bytes(graph, 5, HalfModel.Message(tensor =>
            {
                HalfModel.Number(tensor, 1, 2);
                HalfModel.Number(tensor, 1, 1);
                HalfModel.Number(tensor, 2, 1);
                HalfModel.Text(tensor, 8, "w");
                foreach ((string key, string value) in new[] { ("location", location), ("offset", $"{offset}"), ("length", $"{length}") })
                {
                    HalfModel.Bytes(tensor, 13, HalfModel.Message(entry =>
                    {
                        HalfModel.Text(entry, 1, key);
                        HalfModel.Text(entry, 2, value);
                    }));
                }

                HalfModel.Number(tensor, 14, 1);
            }));
            HalfModel.Bytes(graph, 11, HalfModel.Value("x", 2, 1));
            HalfModel.Bytes(graph, 12, HalfModel.Value("y", 1, 1));
        }));
        HalfModel.Bytes(model, 8, HalfModel.Message(opset => HalfModel.Number(opset, 2, 13)));
    });
}
