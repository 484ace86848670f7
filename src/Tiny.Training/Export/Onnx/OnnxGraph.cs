using Tiny.Core.Activations;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>
/// The graph that a network becomes. What a layer gives is to be had in two forms: as the row of values that the device has, and as an
/// image with its channels in front, which ONNX's windows walk over. One becomes the other where a layer asks for it.
/// </summary>
/// <seealso cref="OnnxExporter"/>
public sealed class OnnxGraph
{
    private readonly List<(Shape Shape, string? Row, string? Image)> values = [];

    internal OnnxGraph(OnnxFile file)
    {
        File = file;
    }

    /// <summary>The file that is written.</summary>
    internal OnnxFile File { get; }

    /// <summary>Adds what a layer gives, as a row (batch, values).</summary>
    internal void AddRow(Shape shape, string name) => values.Add((shape, name, null));

    /// <summary>Adds what a layer gives, as an image (batch, channels, height, width).</summary>
    internal void AddImage(Shape shape, string name) => values.Add((shape, null, name));

    /// <summary>Height, width and channels of what a layer gives; of the sample at -1.</summary>
    internal Shape ShapeOf(int value) => values[value + 1].Shape;

    /// <summary>What a layer gives as a row (batch, values), channels last.</summary>
    internal string Row(int value)
    {
        (Shape shape, string? row, string? image) = values[value + 1];
        if (row is null)
        {
            string last = shape.Height * shape.Width == 1
                ? image! : File.Node($"{image}_last", "Transpose", [image!], ("perm", new[] { 0, 2, 3, 1 }));
            row = File.Node($"{image}_row", "Reshape", [last, File.Constant($"{image}_row_shape", -1, shape.Values)]);
            values[value + 1] = (shape, row, image);
        }

        return row;
    }

    /// <summary>What a layer gives as an image (batch, channels, height, width).</summary>
    internal string Image(int value)
    {
        (Shape shape, string? row, string? image) = values[value + 1];
        if (image is null)
        {
            bool isPoint = shape.Height * shape.Width == 1;
            long[] sizes = isPoint ? [-1, shape.Channels, 1, 1] : [-1, shape.Height, shape.Width, shape.Channels];
            image = File.Node($"{row}_image", "Reshape", [row!, File.Constant($"{row}_image_shape", sizes)]);
            image = isPoint ? image : File.Node($"{row}_first", "Transpose", [image], ("perm", new[] { 0, 3, 1, 2 }));
            values[value + 1] = (shape, row, image);
        }

        return image;
    }

    /// <summary>Adds an activation behind a node.</summary>
    internal string Activate(string name, Activation activation, float parameter) => activation switch
    {
        Activation.Linear => name,
        Activation.LeakyRelu or Activation.Elu => File.Node($"{name}_{activation}", $"{activation}", [name], ("alpha", parameter)),
        Activation.Swish => File.Node($"{name}_Swish", "Mul", [name, File.Node($"{name}_Sigmoid", "Sigmoid", [name])]),
        _ => File.Node($"{name}_{activation}", $"{activation}", [name]),
    };
}
