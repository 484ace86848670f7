using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.Tests.Learning;

/// <summary>
/// Worked examples 1 to 4 of the course notes, as networks. A step of rate 1 on half the squared error takes (o - t) times the gradient
/// of the output off each weight; the target is chosen so that o - t is 1, and the weight then moves by the gradient itself.
/// </summary>
public class WorkedExampleTests
{
    /// <summary>f = (x + y) z at x = -2, y = 5, z = -4: an adding layer, then a weight z.</summary>
    [Fact]
    public void Example_1_add_and_multiply()
    {
        Network network = Regression(new PlanBuilder(2, NetworkTask.Regression, Loss.HalfSquaredError)
            .AddDense(1, Activation.Linear).AddDense(1, Activation.Linear));
        network.GetLayer(0).SetWeight(0, 0, 1f);
        network.GetLayer(0).SetWeight(0, 1, 1f);
        network.GetLayer(1).SetWeight(0, 0, -4f);
        float[] x = [-2f, 5f];
        Assert.Equal(-12f, Output(network, x));

        // df/dq passes through the adding layer unchanged to x and y.
        float[] dq = new float[1];
        network.GetLayer(1).InputGradient(dq, [1f]);
        float[] dx = new float[2];
        network.GetLayer(0).InputGradient(dx, dq);
        Assert.Equal([-4f, -4f], dx);
        Assert.Equal(3f, GradientOf(network, x, layer => layer.GetWeight(0, 0), 1));
    }

    /// <summary>A sigmoid neuron: w0 = 2, x0 = -1, w1 = -3, x1 = -2, w2 = -3.</summary>
    [Fact]
    public void Example_2_sigmoid_neuron()
    {
        Network network = Regression(new PlanBuilder(2, NetworkTask.Regression, Loss.HalfSquaredError).AddDense(1, Activation.Sigmoid));
        Layer neuron = network.GetLayer(0);
        neuron.SetWeight(0, 0, 2f);
        neuron.SetWeight(0, 1, -3f);
        neuron.SetBias(0, -3f);
        float[] x = [-1f, -2f];
        float[] z = new float[1];
        neuron.Sums(z, x);
        Assert.Equal(1f, z[0]);
        Assert.InRange(Output(network, x), 0.73106f - 5e-5f, 0.73106f + 5e-5f);
        Near(-0.19661, GradientOf(network, x, layer => layer.GetWeight(0, 0), 0));
        Near(-0.39322, GradientOf(network, x, layer => layer.GetWeight(0, 1), 0));
        Near(0.19661, GradientOf(network, x, layer => layer.GetBias(0), 0));

        float[] a = [Output(network, x)];
        float[] dz = [1f];
        neuron.ActivateBackward(dz, a, [1f]);
        float[] dx = new float[2];
        neuron.InputGradient(dx, dz);
        Near(0.39322, dx[0]);
        Near(-0.58984, dx[1]);
    }

    /// <summary>f = (x y + max(z, w)) 2 at x = 3, y = -4, z = 2, w = -1: maxout routes, the layer above multiplies.</summary>
    [Fact]
    public void Example_3_add_distributes_max_routes_multiply_switches()
    {
        Network network = Regression(new PlanBuilder(3, NetworkTask.Regression, Loss.HalfSquaredError)
            .AddDense(2, Activation.Maxout).AddDense(1, Activation.Linear));
        Layer max = network.GetLayer(0);
        max.SetWeight(0, 0, 1f); // z
        max.SetWeight(1, 1, 1f); // w
        max.SetWeight(2, 2, 1f); // y, alone
        max.SetWeight(3, 2, 1f);
        network.GetLayer(1).SetWeight(0, 0, 2f);
        network.GetLayer(1).SetWeight(0, 1, 2f * 3f); // 2 x
        float[] inputs = [2f, -1f, -4f];
        Assert.Equal(-20f, Output(network, inputs));
        Assert.Equal(-8f, 2f * GradientOf(network, inputs, layer => layer.GetWeight(0, 1), 1)); // df/dx = 2 df/d(2x)

        float[] da = new float[2];
        network.GetLayer(1).InputGradient(da, [1f]);
        float[] dz = new float[4];
        max.Sums(dz, inputs);
        max.ActivateBackward(dz, [2f, -4f], da);
        float[] gradient = new float[3];
        max.InputGradient(gradient, dz);
        Assert.Equal([2f, 0f, 6f], gradient); // z, w, y
    }

    /// <summary>f = |W x|^2, twice the half squared error against 0.</summary>
    [Fact]
    public void Example_4_squared_norm_of_a_product()
    {
        Network network = Regression(new PlanBuilder(2, NetworkTask.Regression, Loss.HalfSquaredError).AddDense(2, Activation.Linear));
        Layer layer = network.GetLayer(0);
        float[][] w = [[0.1f, 0.5f], [-0.3f, 0.8f]];
        for (int row = 0; row < 2; row++)
        {
            layer.SetWeight(row, 0, w[row][0]);
            layer.SetWeight(row, 1, w[row][1]);
        }

        float[] x = [0.2f, 0.4f];
        float[] q = new float[2];
        network.Predict(x, q);
        Near(0.22, q[0]);
        Near(0.26, q[1]);
        SgdLearner learner = new(network) { LearningRate = 1f };
        float[] dq = [2f * q[0], 2f * q[1]];
        float[] dx = new float[2];
        layer.InputGradient(dx, dq);
        Near(-0.112, dx[0]);
        Near(0.636, dx[1]);
        learner.Learn(x, [0f, 0f]);
        Near(0.116, 2 * learner.LastLoss);
        Near(0.088, 2 * (w[0][0] - layer.GetWeight(0, 0)));
        Near(0.176, 2 * (w[0][1] - layer.GetWeight(0, 1)));
        Near(0.104, 2 * (w[1][0] - layer.GetWeight(1, 0)));
        Near(0.208, 2 * (w[1][1] - layer.GetWeight(1, 1)));
    }

    private static Network Regression(PlanBuilder shape) => shape.ToNetwork();

    private static float Output(Network network, float[] x)
    {
        float[] output = new float[1];
        network.Predict(x, output);
        return output[0];
    }

    private static float GradientOf(Network network, float[] x, Func<Layer, float> parameter, int layer)
    {
        byte[] before = BlobWriter.ToArray(network);
        float value = parameter(network.GetLayer(layer));
        new SgdLearner(network) { LearningRate = 1f }.Learn(x, [Output(network, x) - 1f]);
        float gradient = value - parameter(network.GetLayer(layer));
        network.Load(before);
        return gradient;
    }

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected - 1e-4, expected + 1e-4);
}
