using Tiny.Adaptation.Tests.Storage;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Adaptation.Tests;

public class AdapterTests
{
    [Fact]
    public void A_shifted_world_is_learnt_and_the_held_out_examples_say_so()
    {
        (Network network, Adapter adapter) = Make();
        SeededRandom random = new(2);
        for (int i = 0; i < 90; i++)
        {
            float[] sample = Draw(random);
            adapter.Add(sample, Shifted(sample));
        }

        double before = Accuracy(network, Shifted);
        int kept = 0;
        for (int i = 0; i < 30; i++)
        {
            kept += adapter.Adapt(30) == AdaptResult.Kept ? 1 : 0;
            Assert.InRange(adapter.RightAfter, 0, 30);
        }

        Assert.InRange(kept, 5, 30);
        Assert.True(Accuracy(network, Shifted) > before + 0.05, $"{before} to {Accuracy(network, Shifted)}");
    }

    [Fact]
    public void Random_labels_are_not_trusted_and_change_no_bit()
    {
        (Network network, Adapter adapter) = Make();
        byte[] factory = BlobWriter.ToArray(network);
        SeededRandom random = new(5);
        HashSet<AdaptResult> results = [];
        for (int i = 0; i < 300; i++)
        {
            adapter.Add(Draw(random), random.NextInt(3));
            if (i > 20)
            {
                results.Add(adapter.Adapt(10));
                Assert.Equal(factory, BlobWriter.ToArray(network));
            }
        }

        Assert.Contains(AdaptResult.LabelsNotTrusted, results);
        Assert.DoesNotContain(AdaptResult.Kept, results);
    }

    [Fact]
    public void What_answers_the_held_out_examples_worse_is_rolled_back_to_the_bit()
    {
        (Network network, Adapter adapter) = Make();
        SeededRandom random = new(3);
        for (int i = 0; i < 60; i++)
        {
            float[] sample = Draw(random);
            adapter.Add(sample, Rule(sample));
        }

        // Steps far too long, on a network that is right already.
        adapter.Learner.LearningRate = 30f;
        HashSet<AdaptResult> results = [];
        for (int i = 0; i < 20; i++)
        {
            byte[] before = BlobWriter.ToArray(network);
            AdaptResult result = adapter.Adapt(5);
            results.Add(result);
            if (result != AdaptResult.Kept)
            {
                Assert.Equal(before, BlobWriter.ToArray(network));
            }
            else
            {
                Assert.True(adapter.RightAfter >= adapter.RightBefore);
            }
        }

        Assert.Contains(AdaptResult.RolledBack, results);
    }

    [Fact]
    public void A_step_that_diverges_undoes_the_whole_adaptation()
    {
        (Network network, Adapter adapter) = Make();
        byte[] factory = BlobWriter.ToArray(network);
        SeededRandom random = new(3);
        for (int i = 0; i < 30; i++)
        {
            float[] sample = [.. Draw(random).Select(value => value * 1e11f)];
            adapter.Add(sample, i % 3);
        }

        adapter.Learner.LearningRate = 1000f;
        adapter.Learner.ClipNorm = 0f;
        HashSet<AdaptResult> results = [.. Enumerable.Range(0, 10).Select(_ => adapter.Adapt(50))];
        Assert.Contains(AdaptResult.Diverged, results);
        Assert.DoesNotContain(AdaptResult.Kept, results);
        Assert.Equal(factory, BlobWriter.ToArray(network));
    }

    [Fact]
    public void Delivered_examples_keep_what_the_network_could_do()
    {
        ExampleStore delivered = new(3, 4, 10, 10, 4);
        (Network network, Adapter adapter) = Make(delivered);
        SeededRandom random = new(6);
        for (int i = 0; i < 90; i++)
        {
            float[] sample = Draw(random);
            delivered.Add(sample, Rule(sample));
            sample = Draw(random);
            adapter.Add(sample, Shifted(sample));
        }

        double home = Accuracy(network, Rule);
        for (int i = 0; i < 30; i++)
        {
            adapter.Adapt(30);
        }

        Assert.InRange(Accuracy(network, Rule), home - 0.1, 1);
    }

    [Fact]
    public void Too_few_examples_and_networks_that_do_not_fit_are_told()
    {
        (Network network, Adapter adapter) = Make();
        Assert.Equal(AdaptResult.TooFewExamples, adapter.Adapt(10));
        adapter.Add([1f, 2f, 3f, 4f], 1);
        adapter.Add([1f, 2f, 3f, 5f], 1);
        Assert.Equal(AdaptResult.TooFewExamples, adapter.Adapt(10));
        Assert.Throws<ArgumentException>(() => new Adapter(network, new ExampleStore(4, 4, 1, 1, 1), null));
        Assert.Throws<ArgumentException>(() => new Adapter(network, new ExampleStore(3, 5, 1, 1, 1), null));
        Assert.Throws<ArgumentException>(() => adapter.Add([1f, 2f, 3f], 1));
        Assert.Throws<ArgumentException>(() => adapter.Add([1f, 2f, 3f, float.NaN], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => adapter.Add([1f, 2f, 3f, 4f], 3));
        Assert.Throws<ArgumentException>(() => new ExampleStore(1, 4, 1, 1, 1));
    }

    [Fact]
    public void A_reservoir_stays_a_fair_sample_and_one_class_never_displaces_another()
    {
        // Of 300 examples of a class 200 are learnt from, of which 20 are kept: each with the same chance.
        int[] kept = new int[300];
        for (int seed = 1; seed <= 300; seed++)
        {
            ExampleStore store = new(2, 1, 20, 5, seed);
            store.Add([-1f], 1);
            for (int i = 0; i < kept.Length; i++)
            {
                store.Add([i], 0);
            }

            Assert.Equal(1, store.Count(1));
            Assert.Equal(-1f, store.Draw(1)[0]);
            HashSet<int> present = [];
            for (int draw = 0; draw < 400; draw++)
            {
                present.Add((int)store.Draw(0)[0]);
            }

            Assert.Equal(20, present.Count);
            Assert.All(present, i => Assert.NotEqual(2, i % 3));
            Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(2, (int)store.HeldOut(0, i)[0] % 3));
            foreach (int i in present)
            {
                kept[i]++;
            }
        }

        // 30 expected of each; early and late thirds alike.
        Assert.InRange(kept.Take(100).Where((_, i) => i % 3 != 2).Average(), 27, 33);
        Assert.InRange(kept.Skip(200).Where((_, i) => (i + 200) % 3 != 2).Average(), 27, 33);
    }

    [Fact]
    public void Clipping_bounds_the_step_and_changes_no_smaller_one()
    {
        float[] sample = [3f, -2f, 1f, 0.5f];
        double Moved(float clip)
        {
            Network network = Network.FromBlob(SlotStoreTests.Factory([4, 16, 3]));
            byte[] before = BlobWriter.ToArray(network);
            Core.Learning.SgdLearner learner = new(network) { LearningRate = 0.5f, ClipNorm = clip };
            learner.Learn(sample, 1);
            Network old = Network.FromBlob(before);
            double squares = 0;
            for (int i = 0; i < 2; i++)
            {
                for (int row = 0; row < network.GetLayer(i).Rows; row++)
                {
                    squares += Math.Pow(network.GetLayer(i).GetBias(row) - old.GetLayer(i).GetBias(row), 2);
                    for (int input = 0; input < network.GetLayer(i).Inputs; input++)
                    {
                        squares += Math.Pow(network.GetLayer(i).GetWeight(row, input) - old.GetLayer(i).GetWeight(row, input), 2);
                    }
                }
            }

            return Math.Sqrt(squares);
        }

        double free = Moved(0f);
        Assert.InRange(free, 0.6, 100);
        Assert.Equal(0.5 * 0.25, Moved(0.25f), 1e-5);
        Assert.Equal(free, Moved(1000f));
    }

    private static (Network Network, Adapter Adapter) Make(ExampleStore? delivered = null)
    {
        Network network = Network.FromBlob(SlotStoreTests.Taught(Rule));
        Adapter adapter = new(network, new ExampleStore(3, 4, 20, 10, 7), delivered);
        adapter.Learner.LearningRate = 0.02f;
        return (network, adapter);
    }

    private static float[] Draw(SeededRandom random) => [.. Enumerable.Range(0, 4).Select(_ => random.NextSymmetric(2f))];

    private static int Rule(float[] sample) => sample[0] > sample[1] ? 0 : sample[2] > 0f ? 1 : 2;

    private static int Shifted(float[] sample) => sample[0] > sample[1] + 0.6f ? 0 : sample[2] > 0.4f ? 1 : 2;

    private static double Accuracy(Network network, Func<float[], int> rule)
    {
        SeededRandom random = new(77);
        float[] outputs = new float[3];
        return Enumerable.Range(0, 2000).Average(_ =>
        {
            float[] sample = Draw(random);
            return network.Predict(sample, outputs) == rule(sample) ? 1.0 : 0.0;
        });
    }
}
