namespace Tiny.Training.Quantization;

/// <summary>What a layer takes and gives over the calibration rows: inputs as the whole numbers q that its int8 twin will take.</summary>
/// <remarks>What the float layer sees is Factor (Center + Step q), input by input.</remarks>
/// <seealso cref="Quantizer"/>
public sealed class LayerCalibration
{
    internal LayerCalibration(LayerInputs inputs, double[] factors, double[] centers, double[] steps)
    {
        Inputs = inputs;
        Factors = factors;
        Centers = centers;
        Steps = steps;
    }

    /// <summary>Whether the whole numbers are levels of the user's inputs, less 128, and not digits of a layer before.</summary>
    public bool IsFirst { get; internal init; }

    /// <summary>(inputs).</summary>
    public double[] Factors { get; }

    /// <summary>(inputs).</summary>
    public double[] Centers { get; }

    /// <summary>(inputs).</summary>
    public double[] Steps { get; }

    /// <summary>(inputs) what normalization takes from a first layer's inputs; empty for others.</summary>
    public double[] Offsets { get; internal init; } = [];

    /// <summary>(inputs) the mean of q.</summary>
    public double[] Means => Inputs.Means;

    /// <summary>(inputs) the mean of its square.</summary>
    public double[] Squares => Inputs.Squares;

    /// <summary>(samples)(outputs) what the float layer gives.</summary>
    public double[][] Outputs { get; internal init; } = [];

    /// <summary>
    /// (outputs) how much an error of each is felt in the next int8 layer; null for a layer that gives floats, as the last does.
    /// </summary>
    public double[]? Felt { get; internal init; }

    /// <summary>Whether one step of a digit is to be worth the same in all outputs, as they are floats behind.</summary>
    public bool IsUniform { get; internal init; }

    /// <summary>
    /// The side of the squares of places of which the next layer takes the largest, where that is done at once; 1 for none.
    /// </summary>
    public int Pool { get; internal init; } = 1;

    /// <summary>What the inputs stand as.</summary>
    public ByteForm Form { get; internal init; }

    /// <summary>What the inputs are like.</summary>
    internal LayerInputs Inputs { get; }
}
