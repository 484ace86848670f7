namespace Tiny.Adaptation
{
    /// <summary>
    /// Whether the labels of the latest recordings agree with anything by more than chance: with what the network answered by
    /// itself when they came, or with what it answers for the held-out ones after learning from the others. There is one test
    /// for each recording, however often it is asked for: who asks often enough gets any answer.
    /// </summary>
    internal sealed class LabelTrust
    {
        // The risk of trusting noise that the nth test takes: EarlyRisk / (n (n + 1)) + LaterRisk if the network's own
        // answers agree, half of that if the held-out ones do. 0.6 % at the first test, less at each that follows; 4.9 %
        // over the first hundred together, since the reciprocals of n (n + 1) add up to 1.
        private const float EarlyRisk = 0.0078f;
        private const float LaterRisk = 0.00025f;
        private const int MostTests = 1000000; // counted no further

        private readonly Agreement asTheyCame;
        private int tests;
        private bool isTested; // whether there is a verdict on the labels so far
        private bool isTrusted;

        internal LabelTrust(int classes)
        {
            asTheyCame = new Agreement(classes);
            HeldOut = new Agreement(classes);
        }

        /// <summary>
        /// The held-out labels of the latest recordings with what the network answers after learning: to be filled before a test.
        /// </summary>
        internal Agreement HeldOut { get; }

        /// <summary>Whether the labels were tested and found to be noise, and none was added since.</summary>
        internal bool IsRefused
        {
            get { return isTested && !isTrusted; }
        }

        /// <summary>Takes note of a new recording's label, and of what the network answered by itself.</summary>
        internal void Add(int answer, int label)
        {
            asTheyCame.Add(answer, label);
            isTested = false;
        }

        /// <summary>The verdict on the labels so far: a new one if any was added since the last.</summary>
        internal bool Test()
        {
            if (!isTested)
            {
                tests += tests < MostTests ? 1 : 0;
                float risk = EarlyRisk / (tests * (tests + 1f)) + LaterRisk;
                isTested = true;
                isTrusted = asTheyCame.ByChance() <= risk || HeldOut.ByChance() <= 0.5f * risk;
            }

            return isTrusted;
        }
    }
}
