using Tiny.Adaptation.Storage;
using Tiny.Emulator.Flash;

namespace Tiny.Adaptation.Tests.Storage;

/// <summary>The power fails at every byte and every call of a save, one after another, until a save is completed.</summary>
internal static class PowerCuts
{
    private const int LeastBefore = 50;

    /// <summary>What is loaded behind a cut is what was saved before, or what was being saved.</summary>
    /// <param name="start">A device on a flash, with what is saved there.</param>
    /// <param name="first">Brings it to a state, which is saved.</param>
    /// <param name="next">Brings it to another, whose save is cut.</param>
    /// <param name="save">Saves.</param>
    /// <param name="stateOf">Its state, to be compared.</param>
    /// <param name="leastCuts">More cuts than so many there must be.</param>
    internal static void LeaveTheStateBeforeOrAfter<TDevice, TState>(
        Func<EmulatedFlash, TDevice> start, Action<TDevice> first, Action<TDevice> next, Func<TDevice, int> save,
        Func<TDevice, TState> stateOf, int leastCuts)
        where TState : IEquatable<TState>
    {
        int tried = 0;
        int old = 0;
        bool completed = false;
        for (long cut = 0; !completed; cut++)
        {
            EmulatedFlash flash = new(1024, sector: 32, seed: (int)cut);
            TDevice device = start(flash);
            first(device);
            Assert.Equal((int)SaveResult.Saved, save(device));
            TState before = stateOf(device);
            next(device);
            TState after = stateOf(device);
            Assert.NotEqual(before, after);
            flash.CutAfter(cut);
            try
            {
                save(device);
                completed = true;
            }
            catch (PowerCutException)
            {
                tried++;
            }

            flash.PowerUp();
            TState loaded = stateOf(start(flash));
            Assert.True(loaded.Equals(before) || loaded.Equals(after), $"cut at {cut}");
            old += loaded.Equals(before) ? 1 : 0;
        }

        Assert.True(tried > leastCuts && old > LeastBefore, $"{tried} cuts, {old} before");
    }
}
