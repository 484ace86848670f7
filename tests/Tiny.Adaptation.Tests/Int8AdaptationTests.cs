using Tiny.Adaptation.Storage;
using Tiny.Adaptation.Tests.Storage;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Quantization;

namespace Tiny.Adaptation.Tests;

public class Int8AdaptationTests
{
    [Fact]
    public void A_float_layer_behind_int8_ones_adapts_and_is_saved()
    {
        SeededRandom random = new(4);
        float[] inputs = [.. Enumerable.Range(0, 4 * 300).Select(_ => random.NextSymmetric(2f))];
        Dataset data = Dataset.ForClassification(inputs, DataColumns.Unnamed(4, false),
            [.. Enumerable.Range(0, 300).Select(i => Rule(inputs.AsSpan(4 * i, 4)))], ["a", "b", "c"]);
        byte[] factory = Quantizer.Quantize(
            Network.FromBlob(SlotStoreTests.Taught(sample => Rule(sample))), data, [.. Enumerable.Range(0, 300)], keepFloat: 1);
        Network network = Network.FromBlob(factory);
        Adapter.FreezeAllButLast(network);
        MemoryStorage storage = new(1024);
        SlotStore store = new(network, factory, storage);
        Assert.Equal(WeightsSource.Factory, store.Load());
        Assert.Equal(32 + 4 * (16 * 3 + 3), store.SaveBytes);
        Adapter adapter = new(network, new ExampleStore(3, 4, 20, 10, 1), null);
        for (int i = 0; i < 300; i++)
        {
            float[] sample = data.Row(i).ToArray();
            sample[0] *= 1.5f;
            adapter.Add(sample, data.Classes[i]);
        }

        int kept = 0;
        for (int i = 0; i < 10; i++)
        {
            kept += adapter.Adapt(30) == AdaptResult.Kept ? 1 : 0;
        }

        Assert.InRange(kept, 1, 10);
        Assert.Equal(SaveResult.Saved, store.Save());
        byte[] learned = BlobWriter.ToArray(network);
        Assert.NotEqual(factory, learned);

        Network restarted = Network.FromBlob(factory);
        Adapter.FreezeAllButLast(restarted);
        SlotStore again = new(restarted, factory, storage);
        Assert.Equal(WeightsSource.FirstSlot, again.Load());
        Assert.Equal(learned, BlobWriter.ToArray(restarted));

        // Its inputs' statistics are not in an int8 blob: drift is the share of unsure answers alone.
        DriftMonitor drift = new(restarted, 10);
        drift.Observe([50f, 50f, 50f, 50f], [0.4f, 0.3f, 0.3f]);
        Assert.Equal(1f, drift.Score(), 1e-6f);
    }

    private static int Rule(ReadOnlySpan<float> sample) => sample[0] > sample[1] ? 0 : sample[2] > 0f ? 1 : 2;
}
