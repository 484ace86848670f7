namespace Tiny.Adaptation.Tests.Trust;

/// <summary>Many lives on noise, and what share of them trusted it.</summary>
/// <param name="AtWorst">The largest share that did at one of the checks.</param>
/// <param name="Ever">The share that did at any.</param>
internal sealed record TrustStudy(double AtWorst, double Ever)
{
    /// <summary>Checks in a life.</summary>
    internal const int Checks = 100;

    // Before the noise, in the lives that know better: right labels, an adaptation after each
    // five, and as much noise as makes the test forget them.
    private const int RightLabels = 60;
    private const int NoiseBefore = 60;
    private const double Accuracy = 0.95;
    private const int LabelsBetween = 5;

    /// <summary>Lives of a number of classes in which labels have nothing to do with any answer.</summary>
    /// <param name="lives">How many.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="uneven">Whether 85 % of the labels are of one class.</param>
    /// <param name="afterRight">Whether 60 right labels, and 60 of noise, went before.</param>
    /// <param name="labels">Labels from one check to the next.</param>
    internal static TrustStudy OfNoise(int lives, int classes, bool uneven, bool afterRight, int labels)
    {
        int[] trusting = new int[Checks];
        int ever = 0;
        Parallel.For(0, lives, seed =>
        {
            TrustLife life = new(classes, uneven, seed);
            for (int i = 0; afterRight && i < RightLabels; i += LabelsBetween)
            {
                life.Add(LabelsBetween, Accuracy);
                life.IsTrusted();
            }

            life.Add(afterRight ? NoiseBefore : 0, 0);
            bool once = false;
            for (int check = 0; check < Checks; check++)
            {
                life.Add(labels, 0);
                if (life.IsTrusted())
                {
                    Interlocked.Increment(ref trusting[check]);
                    once = true;
                }
            }

            if (once)
            {
                Interlocked.Increment(ref ever);
            }
        });
        return new(trusting.Max() / (double)lives, ever / (double)lives);
    }

    /// <summary>Labels that it takes until nine lives of ten trust them, tested at each; -1 if a hundred do not suffice.</summary>
    internal static int LabelsToTrust(int lives, int classes, bool uneven, double accuracy)
    {
        int[] trusting = new int[Checks];
        Parallel.For(0, lives, seed =>
        {
            TrustLife life = new(classes, uneven, seed);
            for (int label = 0; label < Checks; label++)
            {
                life.Add(1, accuracy);
                if (life.IsTrusted())
                {
                    Interlocked.Increment(ref trusting[label]);
                }
            }
        });
        int least = Array.FindIndex(trusting, count => count >= 0.9 * lives);
        return least < 0 ? -1 : least + 1;
    }
}
