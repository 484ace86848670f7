using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.Tests.Learning;

/// <summary>The gradient the learner steps along, against central differences of the plain formulas in double.</summary>
public class GradientCheckTests
{
    private const float Step = 1e-3f;

    public static TheoryData<Activation, Loss> Cases()
    {
        TheoryData<Activation, Loss> cases = [];
        foreach (Activation activation in Enum.GetValues<Activation>().Where(a => a != Activation.Softmax))
        {
            foreach (Loss loss in Enum.GetValues<Loss>())
            {
                cases.Add(activation, loss);
            }
        }

        return cases;
    }

    public static TheoryData<Activation, Loss> OutputCases()
    {
        TheoryData<Activation, Loss> cases = [];
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            foreach (Loss loss in Enum.GetValues<Loss>().Where(l => Fits(l, activation)))
            {
                cases.Add(activation, loss);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_hidden_activation_with_every_loss(Activation hidden, Loss loss)
    {
        Activation output = loss switch
        {
            Loss.SoftmaxCrossEntropy => Activation.Softmax,
            Loss.BinaryCrossEntropy => Activation.Sigmoid,
            _ => Activation.Linear,
        };
        Check(hidden, output, loss);
    }

    [Theory]
    [MemberData(nameof(OutputCases))]
    public void Every_output_activation_with_every_loss_it_can_have(Activation output, Loss loss) => Check(Activation.Tanh, output, loss);

    private static bool Fits(Loss loss, Activation output) => loss switch
    {
        Loss.SoftmaxCrossEntropy => output == Activation.Softmax,
        Loss.BinaryCrossEntropy => output == Activation.Sigmoid,
        _ => output != Activation.Softmax,
    };

    private static void Check(Activation hidden, Activation output, Loss loss)
    {
        Network network = new PlanBuilder(4, NetworkTask.Classification, loss).AddDense(5, hidden).AddDense(3, output).ToNetwork();
        Initializers.Draw(network, 4);
        SeededRandom random = new(8);
        for (int i = 0; i < 5; i++)
        {
            network.GetLayer(0).SetBias(i, random.NextSymmetric(0.3f));
        }

        float[] sample = [0.8f, -0.6f, 1.1f, 0.4f];
        float[] target = [0f, 1f, 0f];
        SgdLearner learner = new(network);
        int checkedParameters = 0;
        double largest = 0;
        for (int l = 0; l < 2; l++)
        {
            Layer layer = network.GetLayer(l);
            for (int row = 0; row < layer.Rows(); row++)
            {
                for (int k = -1; k < layer.Inputs; k++)
                {
                    float kept = Get(layer, row, k);
                    double above = LossAt(kept + Step);
                    double below = LossAt(kept - Step);
                    double numeric = (above - below) / ((double)(kept + Step) - (kept - Step));
                    Set(layer, row, k, kept);

                    double LossAt(float value)
                    {
                        Set(layer, row, k, value);
                        return PlainNetwork.Loss(network, sample, target);
                    }

                    double analytic = Gradient(network, learner, sample, target, layer, row, k);
                    Assert.True(Math.Abs(numeric - analytic) <= 1e-3 + 1e-3 * Math.Abs(numeric),
                        $"{hidden}/{output}/{loss} layer {l} row {row} input {k}: {analytic} against {numeric}");
                    largest = Math.Max(largest, Math.Abs(analytic));
                    checkedParameters++;
                }
            }
        }

        Assert.Equal(network.ParameterCount, checkedParameters);
        Assert.True(largest > 0.02, "A gradient of nothing proves nothing.");
    }

    /// <summary>What a step of rate 1 takes off the parameter; the step is then undone.</summary>
    private static double Gradient(Network network, SgdLearner learner, float[] sample, float[] target, Layer layer, int row, int k)
    {
        byte[] before = BlobWriter.ToArray(network);
        float value = Get(layer, row, k);
        learner.LearningRate = 1f;
        Assert.Equal(LearningResult.Learned, learner.Learn(sample, target));
        double gradient = (double)value - Get(layer, row, k);
        network.Load(before);
        return gradient;
    }

    private static float Get(Layer layer, int row, int k) => k < 0 ? layer.GetBias(row) : layer.GetWeight(row, k);

    private static void Set(Layer layer, int row, int k, float value)
    {
        if (k < 0)
        {
            layer.SetBias(row, value);
        }
        else
        {
            layer.SetWeight(row, k, value);
        }
    }
}
