using Tiny.Convolution.Tests.Int8;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Saving;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>What native int8 layers hold is read back as what managed ones hold.</summary>
public class SavingTests
{
    [CompilerFact]
    public void Saved_parameters_and_outputs_are_those_of_managed_layers()
    {
        byte[] blob = new Int8Stack(7, 6, 3, 5).Conv(10, [3, 3, 2, 1, 1, 1, 1, 1, 1, 1])
            .Conv(0, [3, 2, 1, 1, 0, 0, 0, 0, 1, 1], Activation.Tanh).Pool([2, 2, 1, 1, 0, 0, 0, 0, 1, 1], true).Dense(3, false);
        Network native = Network.FromBlob(blob);
        Assert.Equal(blob, BlobWriter.ToArray(native));
        byte[] levels = [.. Enumerable.Range(0, native.Inputs).Select(i => (byte)(5 * i))];
        float[] outputs = new float[3];
        native.PredictLevels(levels, outputs);
        float[][] told = [.. Layers(native)];
        float[][] expected = Managed(() =>
        {
            Network managed = Network.FromBlob(blob);
            managed.PredictLevels(levels, outputs);
            return Layers(managed).ToArray();
        });
        Assert.Equal(expected.Length, told.Length);
        Assert.All(expected.Zip(told), pair => Assert.Equal(Bits(pair.First), Bits(pair.Second)));
    }

    private static IEnumerable<float[]> Layers(Network network)
    {
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.GetLayer(i);
            float[] outputs = new float[layer.Outputs];
            LayerUnpackers.CopyOutputs(layer, outputs);
            float[] parameters = new float[layer.ParameterCount];
            LayerUnpackers.CopyParameters(layer, parameters, 0, parameters.Length);
            yield return outputs;
            yield return parameters;
        }
    }
}
