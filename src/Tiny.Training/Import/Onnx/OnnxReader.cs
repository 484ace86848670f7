using Google.Protobuf;

namespace Tiny.Training.Import.Onnx;

/// <summary>Reads ONNX files: protobuf, by the numbers of the fields that ONNX's specification gives them.</summary>
internal sealed class OnnxReader
{
    private const int MostNodes = 4_096;
    private const int MostNames = 4_096;
    private const int MostAttributeNumbers = 1 << 16;

    private readonly OnnxModel model;
    private readonly TensorReader tensors;
    private readonly List<OnnxValue> inputs = [];

    private OnnxReader(OnnxModel model, string? folder)
    {
        this.model = model;
        tensors = new TensorReader(folder);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="folder">Where files beside it are; null where it has none.</param>
    /// <exception cref="ImportException">It is damaged, or no ONNX model.</exception>
    internal static OnnxModel Read(byte[] file, string? folder)
    {
        OnnxModel model = new() { FileBytes = file.Length };
        try
        {
            new OnnxReader(model, folder).ReadModel(new WireSlice(file, 0, file.Length));
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new ImportException($"this is no ONNX model, or a damaged or cut off one: {error.Message}", error);
        }
        catch (IndexOutOfRangeException error)
        {
            throw new ImportException("this is no ONNX model, or a cut off one: a field has no end.", error);
        }

        return model;
    }

    /// <summary>Whether a file can be an ONNX model by its first bytes: fields of a model, each of its type.</summary>
    internal static bool LooksLikeModel(byte[] start)
    {
        try
        {
            WireReader reader = new(new WireSlice(start, 0, start.Length));
            for (int fields = 0; fields < 4 && reader.Next(); fields++)
            {
                switch (reader.Field)
                {
                    case 1 or 5: reader.Integer(); break;
                    case 2 or 3 or 4 or 6 or 14 or 8: reader.Slice(); break;
                    case 7: return true;
                    default: return fields > 0 && reader.Field is 20 or 25;
                }
            }

            return true;
        }
        catch (ImportException)
        {
            return false;
        }
        catch (InvalidProtocolBufferException error)
        {
            // A text that is longer than what was looked at.
            return error.Message.Contains("ended unexpectedly", StringComparison.Ordinal);
        }
    }

    private void ReadModel(WireSlice message)
    {
        List<WireSlice> graphs = [];
        WireReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: model.Producer = reader.Text(); break;
                case 7: graphs.Add(reader.Slice()); break;
                case 8: ReadOpset(reader.Slice()); break;
                case 14: TensorReader.AddEntry(model.Metadata, reader.Slice()); break;
                case 25: model.Functions.Add(NameOf(reader.Slice())); break;
                default: reader.Skip(); break;
            }

            WireReader.Limit(model.Functions.Count, MostNames);
        }

        if (graphs.Count != 1)
        {
            throw new ImportException($"the file holds {graphs.Count} graphs, expected one. This is no ONNX model, or a cut off one.");
        }

        ReadGraph(graphs[0]);
        model.ConvertedFrom = tensors.ConvertedFrom;
        foreach (OnnxNode node in model.Nodes)
        {
            node.Domain = node.Domain == "ai.onnx" ? "" : node.Domain;
            node.Opset = model.Opsets.GetValueOrDefault(node.Domain, 1);
        }
    }

    private void ReadOpset(WireSlice message)
    {
        string domain = "";
        int version = 1;
        WireReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: domain = reader.Text(); break;
                case 2: version = (int)Math.Clamp(reader.Integer(), 0, 1_000_000); break;
                default: reader.Skip(); break;
            }
        }

        model.Opsets[domain == "ai.onnx" ? "" : domain] = version;
        WireReader.Limit(model.Opsets.Count, MostNames);
    }

    private void ReadGraph(WireSlice message)
    {
        WireReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: model.Nodes.Add(ReadNode(reader.Slice())); break;
                case 5: AddConstant(tensors.Read(reader.Slice())); break;
                case 11: inputs.Add(ReadValue(reader.Slice())); break;
                case 12: model.Outputs.Add(ReadValue(reader.Slice())); break;
                case 15:
                    throw new ImportException(
                    "the graph has sparse initializers, which have no equal here. Save the weights as ordinary ones.");
                default: reader.Skip(); break;
            }

            WireReader.Limit(model.Nodes.Count + model.Constants.Count, MostNodes);
            WireReader.Limit(inputs.Count + model.Outputs.Count, MostNodes);
        }

        // Before version 4 of the format constants stand among the inputs too.
        model.Inputs.AddRange(inputs.Where(input => !model.Constants.ContainsKey(input.Name)));
    }

    private void AddConstant((string Name, Tensor Tensor) constant)
    {
        if (!model.Constants.TryAdd(constant.Name, constant.Tensor))
        {
            throw new ImportException($"two initializers have the name \"{constant.Name}\". Give each a name of its own.");
        }
    }

    private OnnxNode ReadNode(WireSlice message)
    {
        OnnxNode node = new();
        WireReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: node.Inputs.Add(reader.Text()); break;
                case 2: node.Outputs.Add(reader.Text()); break;
                case 3: node.Name = reader.Text(); break;
                case 4: node.Operator = reader.Text(); break;
                case 5: AddAttribute(node, reader.Slice()); break;
                case 7: node.Domain = reader.Text(); break;
                default: reader.Skip(); break;
            }

            WireReader.Limit(node.Inputs.Count + node.Outputs.Count + node.Attributes.Count, MostNames);
        }

        return node;
    }

    private void AddAttribute(OnnxNode node, WireSlice message)
    {
        OnnxAttribute attribute = new();
        WireReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: attribute.Name = reader.Text(); break;
                case 2: attribute.Float = reader.Single(); break;
                case 3: attribute.Integer = reader.Integer(); break;
                case 4: attribute.Text = reader.Text(); break;
                case 5: attribute.Tensor = tensors.Read(reader.Slice()).Tensor; break;
                case 7: reader.AddFloats(attribute.Floats); break;
                case 8: reader.AddIntegers(attribute.Integers, MostAttributeNumbers); break;
                case 9: attribute.Texts.Add(reader.Text()); WireReader.Limit(attribute.Texts.Count, MostAttributeNumbers); break;
                case 6 or 11 or 21: attribute.IsGraph = true; reader.Skip(); break;
                default: reader.Skip(); break;
            }
        }

        if (!node.Attributes.TryAdd(attribute.Name, attribute))
        {
            throw node.Fault($"attribute {attribute.Name} stands there twice.");
        }
    }

    private static OnnxValue ReadValue(WireSlice message)
    {
        string name = "";
        WireSlice? type = null;
        WireReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 2: type = Inner(reader.Slice(), 1); break;
                default: reader.Skip(); break;
            }
        }

        return type is WireSlice tensor ? ReadTensorType(name, tensor) : new OnnxValue(name, 0, null, []);
    }

    private static OnnxValue ReadTensorType(string name, WireSlice message)
    {
        int elementType = 0;
        List<long>? shape = null;
        List<string> open = [];
        WireReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: elementType = (int)Math.Clamp(reader.Integer(), 0, 1000); break;
                case 2:
                    shape = [];
                    ReadShape(reader.Slice(), shape, open);
                    break;
                default: reader.Skip(); break;
            }
        }

        return new OnnxValue(name, elementType, shape?.ToArray(), [.. open]);
    }

    private static void ReadShape(WireSlice message, List<long> shape, List<string> open)
    {
        WireReader reader = new(message);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            long size = -1;
            string name = "";
            WireReader dimension = new(reader.Slice());
            while (dimension.Next())
            {
                switch (dimension.Field)
                {
                    case 1: size = dimension.Integer(); break;
                    case 2: name = dimension.Text(); break;
                    default: dimension.Skip(); break;
                }
            }

            shape.Add(size <= 0 ? -1 : size);
            open.Add(name);
            WireReader.Limit(shape.Count, MostNames);
        }
    }

    /// <summary>The content of the last field of that number; null where there is none.</summary>
    private static WireSlice? Inner(WireSlice message, int field)
    {
        WireSlice? found = null;
        WireReader reader = new(message);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                found = reader.Slice();
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private static string NameOf(WireSlice message) => Inner(message, 1)?.Text ?? "";
}
