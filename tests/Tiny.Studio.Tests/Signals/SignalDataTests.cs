using Tiny.Studio.Signals;

namespace Tiny.Studio.Tests.Signals;

public sealed class SignalDataTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(1000)]
    [InlineData(70_000)]
    public void An_outline_holds_every_extreme_and_nothing_far_from_its_place(int rows)
    {
        Random random = new(rows);
        float[] values = [.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())];
        values[rows / 2] = 7;
        values[rows / 3] = float.NaN;
        SignalData signal = new(["x"], [values]);
        foreach (int parts in new[] { 1, 7, 300, 5000 })
        {
            float[] outline = new float[2 * parts];
            signal.Outline(0, 0, rows, parts, outline);
            if (rows / 3 != rows / 2)
            {
                Assert.Equal(7, outline.Where(float.IsFinite).Max());
            }

            Assert.Equal(values.Where(float.IsFinite).DefaultIfEmpty().Min(), outline.Where(float.IsFinite).DefaultIfEmpty().Min());
            double step = (double)rows / parts;
            for (int part = 0; part < parts; part++)
            {
                // Blocks of a level are whole: a part may show what lies in the block at its edge.
                int reach = (int)Math.Max(1, Math.Ceiling(step));
                int from = Math.Max(0, (int)(part * step) - reach);
                int to = Math.Min(rows, (int)Math.Ceiling((part + 1) * step) + reach);
                Assert.True(float.IsNaN(outline[2 * part]) || values[from..to].Contains(outline[2 * part]));
            }
        }
    }

    [Fact]
    public void Movements_are_proposed_one_by_one_and_rest_is_not()
    {
        Random random = new(4);
        float Noise() => 0.02f * (random.NextSingle() - 0.5f);
        float[] values = [.. Enumerable.Range(0, 1000)
            .Select(i => Noise() + (i is (> 200 and < 300) or (> 600 and < 650) ? (float)Math.Sin(i) : 0))];
        (int From, int To)[] found = [.. Proposals.Of(new SignalData(["x"], [values]), 50)];
        Assert.Equal(2, found.Length);
        Assert.InRange(found[0].From, 185, 203);
        Assert.InRange(found[0].To, 297, 315);
        Assert.InRange(found[1].From, 585, 603);
        Assert.Empty(Proposals.Of(new SignalData(["x"], [[.. Enumerable.Range(0, 500).Select(_ => Noise())]]), 50));
        Assert.Empty(Proposals.Of(new SignalData(["x"], [[]]), 0));
    }
}
