using nanoFramework.TestFramework;

namespace Tiny.Core.NanoTests.Parity
{
    [TestClass]
    public class ParityTests
    {
        private const string Regenerate =
            " (if the core's arithmetic was meant to change: dotnet run -c Release --project tools/Tiny.Parity)";

        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        [DataRow(4)]
        [DataRow(5)]
        [DataRow(6)]
        [DataRow(7)]
        public void Every_loss_gives_the_golden_bits(int activation)
        {
            for (int loss = 0; loss < ParityCases.Losses; loss++)
            {
                int[] found = ParityCases.Run(activation, loss);
                int[] golden = ParityVectors.Of(activation, loss);
                for (int i = 0; i < ParityCases.Figures; i++)
                {
                    if (golden[i] != found[i])
                    {
                        string what = i == 3 * ParityCases.Samples ? "weights after learning" : "sample " + (i / 3) + " layer " + (i % 3);
                        Assert.AreEqual(golden[i], found[i], "loss " + loss + " " + what + Regenerate);
                    }
                }
            }
        }
    }
}
