using Tiny.Import.Tests.Graphs;
using Tiny.Training.Import;

namespace Tiny.Import.Tests.Import;

/// <summary>
/// Damaged files: each is refused in words, or is a model whose answers are the graph's. TINY_FUZZ sets how many, 2,000 unless said.
/// </summary>
public class FuzzTests
{
    private const int Usual = 2_000;
    private const long Slack = 64 << 20;

    private static readonly string[] Names =
    [
        "signal, batch norm, pools 1", "depthwise separable, relu6 1", "residual 1", "channels last, normalized, as Keras writes it 1",
        "reshape by a computed shape 1",
        "limits 1", "pools that count up, or count zeros 1", "padding as a node, shared weights 1",
    ];

    [Fact]
    public void A_damaged_file_is_refused_in_words_or_is_a_model_whose_check_passes()
    {
        byte[][] models = [.. Names.Select(name => MadeGraphs.Make(name).Model)];
        int count = int.TryParse(Environment.GetEnvironmentVariable("TINY_FUZZ"), out int asked) ? asked : Usual;
        int[] outcomes = new int[3];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            byte[] file = Mutated(models[i % models.Length], new Random(i));
            long before = GC.GetAllocatedBytesForCurrentThread();
            void AssertBounded() => Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4L * file.Length + Slack);
            try
            {
                ImportedModel imported = OnnxImporter.Import(file);
                AssertBounded();
                ImportCheck check = imported.Check(imported.DrawRows(3));
                Interlocked.Increment(ref outcomes[check.Passed ? 0 : 1]);
                Assert.NotEmpty(imported.ToBlob());
            }
            catch (ImportException error)
            {
                AssertBounded();
                Assert.NotEmpty(error.Message);
                Interlocked.Increment(ref outcomes[2]);
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"File {i}: {error.GetType().Name}: {error.Message}", error);
            }
        });
        Assert.Equal(count, outcomes.Sum());
        Assert.True(outcomes[0] > count / 20 && outcomes[2] > count / 20,
            $"{outcomes[0]} passed, {outcomes[1]} not, {outcomes[2]} refused.");
        Assert.InRange(outcomes[1], 0, count / 50); // models whose check fails are not written by the command
    }

    private static byte[] Mutated(byte[] model, Random random)
    {
        List<byte> bytes = [.. model];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            // Three in four changes in what is not weights: the text of nodes stands at the beginning.
            int at = random.Next(random.Next(4) == 0 ? bytes.Count : Math.Min(bytes.Count, 900));
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = random.Next(2) == 0 ? (byte)0 : (byte)0xFF; break;
                case 3: bytes.Insert(at, (byte)random.Next(256)); break;
                case 4: bytes.RemoveRange(at, Math.Min(random.Next(1, 6), bytes.Count - at)); break;
                default:
                    (bytes[at], bytes[Math.Min(at + random.Next(1, 9), bytes.Count - 1)]) =
                    (bytes[Math.Min(at + 1, bytes.Count - 1)], bytes[at]); break;
            }
        }

        return [.. bytes];
    }
}
