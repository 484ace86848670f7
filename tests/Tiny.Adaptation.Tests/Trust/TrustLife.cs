namespace Tiny.Adaptation.Tests.Trust;

/// <summary>
/// One device's life as its trust in labels sees it, without a network: answers and labels
/// are drawn, and each third recording of a class is held out, as
/// <see cref="ExampleStore"/> does.
/// </summary>
internal sealed class TrustLife
{
    private const double UnevenShare = 0.85;

    private readonly Random random;
    private readonly LabelTrust trust;
    private readonly double[] shares; // (classes) of the labels, and of the answers that have nothing to do with them
    private readonly int[] turns;
    private readonly List<(int Label, double Accuracy, int Recording)> heldOut = [];
    private int recordings;

    /// <summary>A life that has seen nothing.</summary>
    /// <param name="classes">Classes.</param>
    /// <param name="uneven">Whether 85 % of the labels are of one class, instead of as many of each.</param>
    /// <param name="seed">Fixes all that is drawn.</param>
    internal TrustLife(int classes, bool uneven, int seed)
    {
        random = new Random(seed);
        trust = new LabelTrust(classes);
        shares = [.. Enumerable.Range(0, classes)
            .Select(i => !uneven ? 1.0 / classes : i == 0 ? UnevenShare : (1 - UnevenShare) / (classes - 1))];
        turns = new int[classes];
    }

    /// <summary>
    /// Adds labels that the network answers right with this accuracy; where it is 0, labels that have nothing to do with any answer.
    /// </summary>
    internal void Add(int count, double accuracy)
    {
        for (int i = 0; i < count; i++)
        {
            int label = Draw();
            trust.Add(Answer(label, accuracy), label);
            recordings++;
            if (++turns[label] == ExampleStore.HeldOutEvery)
            {
                turns[label] = 0;
                heldOut.Add((label, accuracy, recordings));
            }
        }
    }

    /// <summary>What the test says, after an adaptation whose answers for the held-out examples are drawn anew.</summary>
    internal bool IsTrusted()
    {
        trust.HeldOut.Clear();
        for (int i = heldOut.Count - 1; i >= 0 && recordings - heldOut[i].Recording < Agreement.Window; i--)
        {
            trust.HeldOut.Add(Answer(heldOut[i].Label, heldOut[i].Accuracy), heldOut[i].Label);
        }

        return trust.Test();
    }

    private int Answer(int label, double accuracy) => random.NextDouble() < accuracy ? label : Draw();

    private int Draw()
    {
        double drawn = random.NextDouble();
        int label = 0;
        while (label < shares.Length - 1 && drawn >= shares[label])
        {
            drawn -= shares[label++];
        }

        return label;
    }
}
