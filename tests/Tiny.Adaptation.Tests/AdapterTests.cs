// Over 300 lines: the tests of one class.
using Tiny.Adaptation.Tests.Storage;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Adaptation.Tests;

public class AdapterTests
{
    [Fact]
    public void A_shifted_world_is_learned_and_the_held_out_examples_say_so()
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

    /// <summary>
    /// Two labels of each class, all as the network answers: too few to hold anything out, so
    /// nothing is kept; nor with one class held out alone.
    /// </summary>
    [Fact]
    public void Nothing_is_kept_before_examples_of_two_classes_are_held_out()
    {
        (Network network, Adapter adapter) = Make();
        byte[] factory = BlobWriter.ToArray(network);
        SeededRandom random = new(8);
        float[] outputs = new float[3];
        void Add(int label, int count)
        {
            while (count > 0)
            {
                float[] sample = Draw(random);
                if (network.Predict(sample, outputs) == label)
                {
                    adapter.Add(sample, label);
                    count--;
                }
            }
        }

        Assert.All(Enumerable.Range(0, 3), label => Add(label, 2));
        Assert.Equal(AdaptResult.TooFewExamples, adapter.Adapt(20));
        Add(0, 10);
        Assert.Equal(AdaptResult.TooFewExamples, adapter.Adapt(20));
        Assert.Equal(factory, BlobWriter.ToArray(network));
        Add(1, 1);
        Assert.NotEqual(AdaptResult.TooFewExamples, adapter.Adapt(20));
    }

    /// <summary>Noise that came before is forgotten; what is refused is not tried again before another label comes.</summary>
    [Fact]
    public void Trust_is_lost_to_noise_won_back_by_right_labels_and_asked_once_a_recording()
    {
        (Network network, Adapter adapter) = Make();
        SeededRandom random = new(8);
        AdaptResult Add(int count, bool right)
        {
            for (int i = 0; i < count; i++)
            {
                float[] sample = Draw(random);
                adapter.Add(sample, right ? Rule(sample) : random.NextInt(3));
            }

            return adapter.Adapt(10);
        }

        Assert.NotEqual(AdaptResult.LabelsNotTrusted, Add(60, right: true));
        Assert.Equal(AdaptResult.LabelsNotTrusted, Add(60, right: false));
        byte[] weights = BlobWriter.ToArray(network);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(AdaptResult.LabelsNotTrusted, adapter.Adapt(10));
        }

        Assert.Equal(weights, BlobWriter.ToArray(network));
        Assert.NotEqual(AdaptResult.LabelsNotTrusted, Add(60, right: true));
    }

    /// <summary>Windows of one movement overlap: were some of them held out, the network would be tried on what it has learned.</summary>
    [Fact]
    public void The_windows_of_a_recording_are_on_one_side_of_the_held_out_line()
    {
        ExampleStore store = new(2, 1, 200, 200, 3);
        for (int recording = 0; recording < 30; recording++)
        {
            for (int window = 0; window < 4; window++)
            {
                // Each recording's windows come with the same number: what is held out tells whose it is.
                store.Add([recording], recording % 2, recording);
            }
        }

        for (int label = 0; label < 2; label++)
        {
            HashSet<float> learned = [.. Enumerable.Range(0, 5000).Select(_ => store.Draw(label)[0])];
            float[] heldOut = [.. Enumerable.Range(0, store.HeldOutCount(label)).Select(i => store.HeldOut(label, i)[0])];
            Assert.Equal(10, learned.Count);
            Assert.Equal(5, heldOut.Distinct().Count());
            Assert.Empty(heldOut.Intersect(learned));
            Assert.All(heldOut.Distinct(), recording => Assert.Equal(4, heldOut.Count(held => held == recording)));
        }
    }

    /// <summary>
    /// A label that is wrong for a whole recording is one wrong label, however many windows the
    /// recording has: of three of them, all agreeing, nothing follows.
    /// </summary>
    [Fact]
    public void The_label_of_a_recording_counts_once()
    {
        foreach (bool numbered in new[] { false, true })
        {
            (Network network, Adapter adapter) = Make();
            SeededRandom random = new(4);
            float[] outputs = new float[3];
            for (int recording = 0; recording < 6; recording++)
            {
                float[] sample;
                do
                {
                    sample = Draw(random);
                }
                while (network.Predict(sample, outputs) != recording % 2);

                for (int window = 0; window < 20; window++)
                {
                    if (numbered)
                    {
                        adapter.Add(sample, recording % 2, recording);
                    }
                    else
                    {
                        adapter.Add(sample, recording % 2);
                    }
                }
            }

            Assert.Equal(numbered, adapter.Adapt(5) == AdaptResult.LabelsNotTrusted);
        }
    }

    [Fact]
    public void Held_out_examples_are_rather_the_recent_ones()
    {
        ExampleStore store = new(2, 1, 5, 5, 1);
        for (int i = 0; i < 3000; i++)
        {
            store.Add([i], 0);
        }

        float[] heldOut = [.. Enumerable.Range(0, 5).Select(i => store.HeldOut(0, i)[0])];
        Assert.Contains(2999f, heldOut);
        Assert.All(heldOut, example => Assert.InRange(example, 2700, 2999));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void No_steps_are_no_adaptation(int steps)
    {
        (_, Adapter adapter) = Make();
        Assert.Throws<ArgumentOutOfRangeException>(() => adapter.Adapt(steps));
    }

    [Fact]
    public void A_network_that_has_become_another_is_told_of_before_anything_changes()
    {
        byte[] smaller = SlotStoreTests.Factory([4, 8, 3]);
        (Network network, Adapter adapter) = Make();
        SeededRandom random = new(3);
        for (int i = 0; i < 60; i++)
        {
            float[] sample = Draw(random);
            adapter.Add(sample, Rule(sample));
        }

        network.Load(smaller);
        Assert.Contains("another shape", Assert.Throws<InvalidOperationException>(() => adapter.Adapt(5)).Message);
        Assert.Equal(smaller, BlobWriter.ToArray(network));
        network.Load(SlotStoreTests.Taught(Rule));
        Assert.NotEqual(AdaptResult.TooFewExamples, adapter.Adapt(5));

        (network, _) = Make();
        Adapter.FreezeAllButLast(network);
        adapter = new(network, new ExampleStore(3, 4, 20, 10, 7), null);
        network.GetLayer(0).Frozen = false;
        Assert.Throws<InvalidOperationException>(() => adapter.Adapt(5));
    }

    /// <summary>Weights can be finite and answers not: the network is then as it was, not left with such weights.</summary>
    [Fact]
    public void An_adaptation_behind_which_no_answer_is_finite_is_undone()
    {
        Network network = new PlanBuilder(2, NetworkTask.Classification, Core.Losses.Loss.MeanSquaredError)
            .AddDense(4, Core.Activations.Activation.Linear).AddDense(4, Core.Activations.Activation.Linear)
            .AddDense(2, Core.Activations.Activation.Linear).ToNetwork();
        Initializers.Draw(network, 3);
        Adapter adapter = new(network, new ExampleStore(2, 2, 4, 4, 1), null);
        adapter.Learner.LearningRate = 1000f;
        for (int i = 0; i < 12; i++)
        {
            adapter.Add([i % 2 == 0 ? 3e4f : -1f, i % 3 == 0 ? 1e4f : 2f], i % 2);
        }

        // Held-out examples of the largest inputs that count.
        for (int i = 0; i < 12; i++)
        {
            adapter.Add([1e12f, i % 2 == 0 ? 1e12f : -1e12f], i % 2);
        }

        byte[] before = BlobWriter.ToArray(network);
        for (int i = 0; i < 200; i++)
        {
            adapter.Learner.LearningRate = i % 2 == 0 ? 1000f : 1e-6f * (i + 1);
            AdaptResult result = adapter.Adapt(1 + i % 3);
            Assert.Contains(result, new[] { AdaptResult.Diverged, AdaptResult.LabelsNotTrusted, AdaptResult.RolledBack });
            Assert.Equal(before, BlobWriter.ToArray(network));
        }
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
        Assert.Throws<ArgumentException>(() => new ExampleStore(2, 4, int.MaxValue, int.MaxValue, 1));
        Assert.Throws<ArgumentNullException>(() => Adapter.FreezeAllButLast(null!));
    }

    [Fact]
    public void A_reservoir_stays_a_fair_sample_and_one_class_never_displaces_another()
    {
        // Of 300 examples of a class 200 are learned from, of which 20 are kept: each with the same chance.
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
            SgdLearner learner = new(network) { LearningRate = 0.5f, ClipNorm = clip };
            learner.Learn(sample, 1);
            Network old = Network.FromBlob(before);
            double squares = 0;
            for (int i = 0; i < 2; i++)
            {
                for (int row = 0; row < network.GetLayer(i).Rows(); row++)
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
