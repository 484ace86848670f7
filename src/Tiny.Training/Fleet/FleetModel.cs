using Tiny.Core;
using Tiny.Core.Layers;

namespace Tiny.Training.Fleet;

/// <summary>A model of a fleet: devices that were delivered with the same blob and have learnt since.</summary>
/// <param name="Name">What messages call it, such as its file.</param>
/// <param name="Network">The model.</param>
public sealed record FleetModel(string Name, Network Network)
{
    // Fine-tuning moves weights a little; networks trained apart have nothing in common but their shape.
    private const double LeastAlike = 0.5;

    /// <summary>The biases and weights of a layer, row by row.</summary>
    public static float[] ParametersOf(Layer layer)
    {
        float[] parameters = new float[layer.ParameterCount];
        int at = 0;
        for (int row = 0; row < layer.Rows; row++)
        {
            parameters[at++] = layer.GetBias(row);
            for (int input = 0; input < layer.Inputs; input++)
            {
                parameters[at++] = layer.GetWeight(row, input);
            }
        }

        return parameters;
    }

    /// <summary>Sees to it that two models are of one shape, with the same layers, classes and scaling.</summary>
    /// <exception cref="FleetException">They are not.</exception>
    public void CheckSameShape(FleetModel other)
    {
        Network a = Network;
        Network b = other.Network;
        Same(other, "inputs", a.Inputs, b.Inputs);
        Same(other, "task", a.Task, b.Task);
        Same(other, "loss", a.Loss, b.Loss);
        Same(other, "layers", a.LayerCount, b.LayerCount);
        for (int i = 0; i < a.LayerCount; i++)
        {
            Layer mine = a.GetLayer(i);
            Layer theirs = b.GetLayer(i);
            Same(other, $"outputs of layer {i}", mine.Outputs, theirs.Outputs);
            Same(other, $"activation of layer {i}", mine.Activation, theirs.Activation);
            Same(other, $"activation parameter of layer {i}", mine.ActivationParameter, theirs.ActivationParameter);
            Same(other, $"weights of layer {i}", mine.WeightFormat, theirs.WeightFormat);
        }

        for (int i = 0; i < a.Outputs; i++)
        {
            Same(other, $"name of output {i}", a.GetOutputName(i), b.GetOutputName(i));
        }
    }

    /// <summary>Sees to it that two models come from the same factory model: of one shape, with the same scaling and int8 layers, and weights that are alike.</summary>
    /// <exception cref="FleetException">They do not.</exception>
    public void CheckSameFactory(FleetModel other)
    {
        CheckSameShape(other);
        Same(other, "checksum of the input columns", Network.ColumnsChecksum, other.Network.ColumnsChecksum);
        for (int i = 0; i < Network.Inputs && Network.InputForm == InputForm.Values; i++)
        {
            Same(other, $"mean of input {i}", Network.Scaling.GetInputMean(i), other.Network.Scaling.GetInputMean(i));
            Same(other, $"scale of input {i}", Network.Scaling.GetInputScale(i), other.Network.Scaling.GetInputScale(i));
        }

        for (int i = 0; i < Network.LayerCount; i++)
        {
            float[] mine = ParametersOf(Network.GetLayer(i));
            float[] theirs = ParametersOf(other.Network.GetLayer(i));
            bool isFixed = Network.GetLayer(i).WeightFormat == WeightFormat.Int8;
            if (isFixed ? !mine.AsSpan().SequenceEqual(theirs) : Cosine(mine, theirs) < LeastAlike)
            {
                throw new FleetException(
                    $"{other.Name}: layer {i} has other weights than that of {Name}, not the same ones after some learning. "
                    + "Only models fine-tuned from one factory model can be averaged.");
            }
        }
    }

    private void Same<T>(FleetModel other, string what, T mine, T theirs)
    {
        if (!EqualityComparer<T>.Default.Equals(mine, theirs))
        {
            throw new FleetException($"{other.Name}: {what}: {theirs}, but {mine} in {Name}. The models are not of the same factory model.");
        }
    }

    private static double Cosine(float[] a, float[] b)
    {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            squaresA += (double)a[i] * a[i];
            squaresB += (double)b[i] * b[i];
        }

        return squaresA == 0 || squaresB == 0 ? (squaresA == squaresB ? 1 : 0) : product / Math.Sqrt(squaresA * squaresB);
    }
}
