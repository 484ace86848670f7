namespace Tiny.Training.Import.Onnx;

/// <summary>A piece of a protobuf file: the content of a field of bytes, text or a message.</summary>
/// <param name="File">The whole file.</param>
/// <param name="Start">Where the piece begins.</param>
/// <param name="Length">Bytes of it.</param>
internal readonly record struct WireSlice(byte[] File, int Start, int Length)
{
    /// <summary>The bytes, not copied.</summary>
    internal ReadOnlySpan<byte> Bytes => File.AsSpan(Start, Length);

    /// <summary>The bytes as UTF-8.</summary>
    internal string Text => System.Text.Encoding.UTF8.GetString(Bytes);
}
