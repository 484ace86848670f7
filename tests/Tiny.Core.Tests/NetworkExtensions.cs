using Tiny.Core.Layers;
using Tiny.Learning;
using Tiny.Learning.Wide;

namespace Tiny.Core.Tests;

internal static class NetworkExtensions
{
    /// <summary>The gradient back through the activation: dz holds the sums and receives it, a are the outputs.</summary>
    internal static void ActivateBackward(this Layer layer, float[] dz, float[] a, float[] da)
    {
        LayerLearner learner = layer.Learner();
        dz.CopyTo(learner.Sums, 0);
        a.CopyTo(learner.Outputs, 0);
        learner.TakeGradient([.. da, 0f]);
        Array.Copy(learner.Sums, dz, dz.Length);
    }

    /// <summary>The layer's sums into an array of any length; the kernels want it even.</summary>
    internal static void Sums(this Layer layer, float[] z, float[] x)
    {
        float[] even = new float[z.Length + 1];
        ((DenseLayer)layer).Sums(even, x);
        Array.Copy(even, z, z.Length);
    }

    /// <summary>The gradient on the layer's inputs, from a gradient of any length; returns the sum of its squares.</summary>
    internal static float InputGradient(this Layer layer, float[] dx, float[] dz)
    {
        Below below = new(layer.Inputs);
        LayerLearner learner = layer.Learner();
        dz.CopyTo(learner.Sums, 0);
        float squares = learner.PassBack(below, new float[layer.Inputs + 1]);
        Array.Copy(below.Sums, dx, layer.Inputs);
        return squares;
    }

    /// <summary>A learner of the layer, of the kernels that it has.</summary>
    internal static LayerLearner Learner(this Layer layer) =>
        layer is Wide.WideDenseLayer wide ? new WideDenseLearner(wide) : new DenseLearner((DenseLayer)layer);

    /// <summary>What stands below a layer in a test: takes the gradient as it comes.</summary>
    private sealed class Below(int count) : LayerLearner(null!, count, count)
    {
        public override bool Forward(float[] x, bool measure, bool check) => true;

        public override void TakeGradient(float[] gradient) => Array.Copy(gradient, Sums, Sums.Length);

        public override float PassBack(LayerLearner below, float[] room) => 0f;

        public override float GradientSquares(float[] x) => 0f;

        public override void Step(float[] x, float rate)
        {
        }

        public override void Decay(float keep)
        {
        }
    }
}
