using Tiny.Core;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// Writes a blob as C# source: a byte array that travels with the program, for boards without a file to load a model from.
/// </summary>
/// <example>
/// <code>
/// string source = BlobSource.Export(blob, network, "Gestures", "GestureModel");
/// </code>
/// </example>
public static class BlobSource
{
    private const int BytesInLine = 24;

    /// <summary>The source of a class whose method Blob gives the bytes.</summary>
    /// <param name="blob">The bytes of the model, from the first to the last.</param>
    /// <param name="network">The network of the blob.</param>
    /// <exception cref="ExportException">The blob is larger than an assembly's constants.</exception>
    public static ClassSource Of(byte[] blob, Network network)
    {
        if (blob.Length > CSharpExporter.MostCode)
        {
            throw new ExportException(
                $"the blob has {blob.Length} bytes; the constants of a device's assembly "
                    + $"hold {CSharpExporter.MostCode}. Load it from a file or a resource.");
        }

        return new ClassSource(
            [$"A model for Tiny.Core, {CSharpExporter.Shape(network)}, "
                + $"{ClassSource.Mark}. Not for editing by hand: export the model anew."],
            [],
            "A model that Network.FromBlob takes.",
            text => Bytes(text, blob));
    }

    /// <summary>The same as text.</summary>
    /// <param name="blob">The bytes of the model, from the first to the last.</param>
    /// <param name="network">The network of the blob.</param>
    /// <param name="namespaceName">The namespace of the class.</param>
    /// <param name="className">The name of the class.</param>
    /// <exception cref="ExportException">The source would not compile under these names, or the blob is too large.</exception>
    public static string Export(byte[] blob, Network network, string namespaceName, string className) =>
        Of(blob, network).Named(namespaceName, className);

    private static void Bytes(CSharpText text, byte[] blob)
    {
        text.Line($"/// <summary>Its {blob.Length} bytes, in a new array each time: load them once, so that they can be "
            + "collected.</summary>");
        text.Block("public static byte[] Blob()", () =>
        {
            text.Line("return new byte[]");
            text.Line("{");
            foreach (byte[] bytes in blob.Chunk(BytesInLine))
            {
                text.Line("    " + string.Concat(bytes.Select(value => $"{value}, ")).TrimEnd());
            }

            text.Line("};");
        });
    }
}
