using Tiny.Core;

namespace Tiny.Learning
{
    /// <summary>The kinds of layers that a program can teach: dense float32 layers, and what it registers. Layers of other kinds are fixed.</summary>
    public static class LearnerKinds
    {
        private static LearnerKind[] kinds = { new DenseLearning() };

        /// <summary>Makes known how a kind of layer learns; in the place of what was registered for its code before. For learners made from now on.</summary>
        public static void Register(LearnerKind kind)
        {
            Guard.NotNull(kind, "kind");
            int at = IndexOf(kind.Code);
            if (at == kinds.Length)
            {
                LearnerKind[] more = new LearnerKind[at + 1];
                kinds.CopyTo(more, 0);
                kinds = more;
            }

            kinds[at] = kind;
        }

        /// <summary>How layers of a kind learn; null if they do not.</summary>
        public static LearnerKind Find(int code)
        {
            int at = IndexOf(code);
            return at == kinds.Length ? null : kinds[at];
        }

        /// <summary>Draws the weights of all layers that can learn anew, the same for the same seed.</summary>
        public static void Draw(Network network, int seed)
        {
            Guard.NotNull(network, "network");
            SeededRandom random = new SeededRandom(seed);
            for (int i = 0; i < network.LayerCount; i++)
            {
                LearnerKind kind = Find(network.GetLayer(i).Kind);
                if (kind != null)
                {
                    kind.Draw(network.GetLayer(i), random);
                }
            }
        }

        private static int IndexOf(int code)
        {
            int at = 0;
            while (at < kinds.Length && kinds[at].Code != code)
            {
                at++;
            }

            return at;
        }
    }
}
