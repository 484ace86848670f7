using Tiny.Core.Arithmetic;

namespace Tiny.FewLabels
{
    // What a slot saves: for each class its examples and whether it may answer, the evidence, the sums. See BLOB-FORMAT.md, Slots.
    public sealed partial class PrototypeClassifier
    {
        /// <inheritdoc/>
        public int Measure()
        {
            return 4 * (active.Length + LabelEvidence.Ways + scaled.Length + active.Length * means.Section.Features);
        }

        /// <inheritdoc/>
        public void Write(byte[] buffer, int at)
        {
            for (int k = 0; k < active.Length; k++)
            {
                FloatBits.WriteInt32(buffer, at, means.Counts[k] * 2 + (active[k] ? 1 : 0));
                at += 4;
            }

            for (int i = 0; i < LabelEvidence.Ways + scaled.Length; i++)
            {
                FloatBits.Write(buffer, at, evidence.Get(i));
                at += 4;
            }

            for (int k = 0; k < active.Length; k++)
            {
                float[] sums = means.Sums[k];
                for (int j = 0; j < sums.Length; j++)
                {
                    FloatBits.Write(buffer, at, sums[j]);
                    at += 4;
                }
            }
        }

        /// <inheritdoc/>
        public void Read(byte[] buffer, int at)
        {
            if (buffer == null)
            {
                RestoreFactory();
                return;
            }

            for (int k = 0; k < active.Length; k++)
            {
                int word = FloatBits.ReadInt32(buffer, at);
                active[k] = (word & 1) != 0;
                means.Counts[k] = word >> 1;
                at += 4;
            }

            for (int i = 0; i < LabelEvidence.Ways + scaled.Length; i++)
            {
                evidence.Set(i, FloatBits.Read(buffer, at));
                at += 4;
            }

            for (int k = 0; k < active.Length; k++)
            {
                float[] sums = means.Sums[k];
                for (int j = 0; j < sums.Length; j++)
                {
                    sums[j] = FloatBits.Read(buffer, at);
                    at += 4;
                }
            }

            means.Recount();
            Decide();
        }
    }
}
