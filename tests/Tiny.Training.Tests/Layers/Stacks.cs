using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Training.Layers;
using Tiny.Training.Networks;

namespace Tiny.Training.Tests.Layers;

/// <summary>Small networks of convolutions, pools and branches, drawn by a number.</summary>
internal static class Stacks
{
    private static readonly Activation[] Activations = [Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Linear];

    /// <summary>
    /// Windows at odd sizes: one place, kernels larger than what they read, strides over kernels,
    /// one channel and 17, uneven padding, dilation, more places in a row than a band of the weights' gradient has,
    /// windows that read a row whole but not from its beginning.
    /// </summary>
    internal static readonly (Shape Input, WindowDescription Window)[] Odd =
    [
        (new(1, 1, 1), new(1)),
        (new(5, 1, 1), new(3) { IsValid = true }),
        (new(5, 5, 1), new(3) { IsValid = true }),
        (new(6, 7, 3), new(3, 2)),
        (new(4, 4, 17), new(2) { StrideDown = 2, IsValid = true }),
        (new(2, 2, 2), new(5)),
        (new(7, 6, 2), new(2) { StrideDown = 3, IsValid = true }),
        (new(5, 5, 4), new(3)),
        (new(6, 6, 2), new(3) { StrideDown = 2 }),
        (new(9, 8, 2), new(3) { StrideAcross = 2, DilationDown = 2, DilationAcross = 2, Padding = new(2, 1, 0, 3) }),
        (new(20, 1, 3), new(5) { StrideDown = 2 }),
        (new(13, 1, 2), new(3) { StrideDown = 4 }),
        (new(8, 8, 5), new(3, 5) { StrideDown = 2, StrideAcross = 3 }),
        (new(12, 1, 1), new(3) { DilationDown = 3, StrideDown = 2 }),
        (new(100, 1, 6), new(3)),
        (new(4, 3, 2), new(1, 2) { DilationAcross = 2, Padding = new(0, 1, 0, 0) }),
    ];

    /// <summary>A network of a sample's shape, with parameters drawn, biases too.</summary>
    internal static TrainingNetwork Network(Shape sample, int seed, params IReadOnlyList<NodeDescription> nodes)
    {
        TrainingNetwork network = new(sample, nodes, Core.Losses.Loss.HalfSquaredError);
        SeededRandom random = new(seed);
        network.Initialize(random);
        foreach (TrainingLayer layer in network.Layers)
        {
            // Biases of 0 would tell little; drawn in the order of a blob, so that what only fills up stays 0.
            if (layer is Conv2D conv)
            {
                for (int filter = 0; filter < conv.Filters; filter++)
                {
                    network.Parameters[conv.BiasesAt + filter] = random.NextSymmetric(0.3f);
                }
            }
        }

        return network;
    }

    /// <summary>A stack of up to five layers over an image or a signal, some with two branches, and a dense layer behind.</summary>
    internal static TrainingNetwork Random(int seed)
    {
        Random random = new(seed);
        Shape shape = random.Next(3) == 0
            ? new Shape(random.Next(4, 40), 1, random.Next(1, 5)) : new Shape(random.Next(3, 14), random.Next(3, 14), random.Next(1, 6));
        List<NodeDescription> nodes = [];
        int last = NodeDescription.Sample;
        int count = random.Next(1, 6);
        for (int i = 0; i < count; i++)
        {
            if (last >= 0 && random.Next(5) == 0) // the sample is one node's alone
            {
                last = Branch(nodes, last, random);
            }
            else
            {
                nodes.Add(new NodeDescription(Layer(random), last));
                last = nodes.Count - 1;
            }
        }

        nodes.Add(new NodeDescription(new DenseDescription(3, Activation.Linear), last));
        return Network(shape, seed, nodes);
    }

    private static int Branch(List<NodeDescription> nodes, int from, Random random)
    {
        int filters = random.Next(1, 6);
        nodes.Add(new NodeDescription(new Conv2DDescription(filters, new(3), Draw(random)), from));
        nodes.Add(new NodeDescription(new Conv2DDescription(filters, new(1), Draw(random)), from));
        LayerDescription joined = random.Next(2) == 0 ? new AddDescription(Draw(random)) : new ConcatDescription(Draw(random));
        nodes.Add(new NodeDescription(joined, nodes.Count - 2, nodes.Count - 1));
        return nodes.Count - 1;
    }

    private static LayerDescription Layer(Random random)
    {
        WindowDescription window = new(random.Next(1, 5)) { StrideDown = random.Next(1, 4), DilationDown = random.Next(5) == 0 ? 2 : 1 };
        return random.Next(6) switch
        {
            0 => new MaxPoolingDescription(window),
            1 => new AveragePoolingDescription(window),
            2 => new DepthwiseConv2DDescription(window, Draw(random)),
            3 when random.Next(3) == 0 => new GlobalAverageDescription(),
            _ => new Conv2DDescription(random.Next(1, 10), window, Draw(random)),
        };
    }

    private static Activation Draw(Random random) => Activations[random.Next(Activations.Length)];
}
