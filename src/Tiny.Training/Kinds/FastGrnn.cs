namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of FastGRNN units.</summary>
internal sealed class FastGrnn : Recurrent
{
    internal FastGrnn()
        : base(Recurrence.FastGrnn.FastGrnnCode, "fastgrnn")
    {
        Assembly = "Tiny.Recurrence";
        Onnx = new Export.Onnx.FastGrnn();
    }

    /// <inheritdoc/>
    protected override int Products => 1;

    /// <inheritdoc/>
    protected override int Rows => 1;
}
