using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Sparse;

namespace Tiny.Desk;

/// <summary>What the desk asks of layers beyond what a device does.</summary>
/// <example>
/// <code>
/// float[] parameters = network.GetLayer(0).Parameters();     // in the order of the blob
/// bool learns = network.CanLearn();
/// </code>
/// </example>
public static class LayerFacts
{
    /// <summary>All parameters of a layer, in the order of the blob.</summary>
    /// <exception cref="InvalidOperationException">The layer is packed, and its unpacker is not registered.</exception>
    public static float[] Parameters(this Layer layer)
    {
        float[] parameters = new float[layer.ParameterCount];
        LayerUnpackers.CopyParameters(layer, parameters, 0, parameters.Length);
        return parameters;
    }

    /// <summary>Rows of weights of a dense layer, float32 or int8, sparse or not.</summary>
    /// <exception cref="ArgumentException">The layer is not dense.</exception>
    public static int Rows(this Layer layer) => layer switch
    {
        DenseLayer dense => dense.Rows,
        Int8Layer int8 => int8.Rows,
        SparseLayer sparse => sparse.Rows,
        _ => throw NotDense(layer),
    };

    /// <summary>
    /// The activation of a dense layer, float32 or int8, sparse or not: softmax where it is the last and the network has that.
    /// </summary>
    /// <param name="network">The network. It stays as it is.</param>
    /// <param name="layer">From 0 to LayerCount - 1.</param>
    /// <exception cref="ArgumentException">The layer is not dense.</exception>
    public static Activation ActivationOf(this Network network, int layer) =>
        layer == network.LayerCount - 1 && network.OutputFunction == Core.Activations.Activation.Softmax
        ? Core.Activations.Activation.Softmax : network.GetLayer(layer).Activation();

    /// <summary>The activation of a dense layer, float32 or int8, sparse or not.</summary>
    /// <exception cref="ArgumentException">The layer is not dense.</exception>
    public static Activation Activation(this Layer layer) => layer switch
    {
        DenseLayer dense => dense.Activation,
        Int8Layer int8 => int8.Activation,
        SparseLayer sparse => sparse.Activation,
        _ => throw NotDense(layer),
    };

    /// <summary>The parameter of a dense layer's activation, or 0.</summary>
    /// <exception cref="ArgumentException">The layer is not dense.</exception>
    public static float ActivationParameter(this Layer layer) => layer switch
    {
        DenseLayer dense => dense.ActivationParameter,
        Int8Layer int8 => int8.ActivationParameter,
        SparseLayer sparse => sparse.ActivationParameter,
        _ => throw NotDense(layer),
    };

    /// <summary>Whether the network can learn on the device: whether its last layer can.</summary>
    public static bool CanLearn(this Network network) => LearnerKinds.Find(network.GetLayer(network.LayerCount - 1).Kind) is not null;

    private static ArgumentException NotDense(Layer layer) => new($"A layer of kind {layer.Kind} is not dense.");
}
