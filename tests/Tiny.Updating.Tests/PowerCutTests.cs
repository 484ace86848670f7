using Tiny.Emulator.Flash;

namespace Tiny.Updating.Tests;

/// <summary>
/// The power goes at every byte and every call of an update, and ten thousand updates of every kind are cut at random: never a wrong
/// model, never none.
/// </summary>
public class PowerCutTests
{
    private const int Updates = 10_000;
    private const int UpdatesOfBoard = 40;

    [Fact]
    public void A_cut_at_every_byte_and_every_call_leaves_the_model_before_or_after()
    {
        byte[][] models = [.. Models.Good.OrderBy(Models.ScoreOf).Take(3)];
        int before = 0;
        int after = 0;
        for (int taken = 0; taken < 3; taken++)
        {
            bool completed = false;
            for (long cut = 0; !completed; cut++)
            {
                Board board = new(seed: (int)cut);
                for (int i = 0; i < taken; i++)
                {
                    Assert.Equal(UpdateResult.Switched, board.Offer(Models.Signed(models[i], i + 1)));
                }

                string held = board.Model;
                string next = Board.As(models[taken]);
                completed = !Cut(board, cut, () => board.Offer(Models.Signed(models[taken], taken + 1)));
                board.Start();
                Assert.True(board.Model == held || board.Model == next, $"{taken} taken, cut at {cut}");
                before += board.Model == held ? 1 : 0;
                after += board.Model == next ? 1 : 0;

                // And it goes on: the same package is taken, if it was not.
                Assert.Equal(board.Updater.Generation > taken ? UpdateResult.NotNewer : UpdateResult.Switched,
                    board.Offer(Models.Signed(models[taken], taken + 1)));
                board.Start();
                Assert.Equal(next, board.Model);
            }
        }

        Assert.True(before > 3 * 300 && after > 3, $"{before} before, {after} after");
    }

    [Fact]
    public void A_cut_while_it_falls_back_leaves_one_of_the_two()
    {
        byte[][] models = [.. Models.Good.OrderBy(Models.ScoreOf).Take(2)];
        bool completed = false;
        for (long cut = 0; !completed; cut++)
        {
            Board board = new(seed: (int)cut);
            board.Offer(Models.Signed(models[0], 1));
            board.Offer(Models.Signed(models[1], 2));
            completed = !Cut(board, cut, () => board.Updater.FallBack());
            board.Start();
            Assert.True(board.Model == Board.As(models[board.Updater.Generation - 1]), $"cut at {cut}");
            while (board.Updater.Generation > 1)
            {
                Assert.True(board.Updater.FallBack());
                board.Start();
            }

            Assert.Equal(Board.As(models[0]), board.Model);
        }
    }

    [Fact]
    public void Ten_thousand_updates_cut_damaged_replayed_older_and_forged_never_leave_a_wrong_model_or_none()
    {
        Random random = new(2026);
        Board board = new(seed: 7);
        Dictionary<int, byte[]> sent = []; // by generation: the models that were signed
        Dictionary<UpdateResult, int> results = [];
        int newest = 0;
        int cuts = 0;
        int held = 0;
        string model = board.Model;
        for (int i = 0; i < Updates; i++)
        {
            (byte[] package, string? right) = Draw(random, ref newest, sent);
            UpdateResult? result = null;
            bool cut = random.Next(2) == 0 && Cut(board, random.Next(600), () => result = board.Offer(package));
            if (!cut)
            {
                result ??= board.Offer(package);
                results[result.Value] = results.GetValueOrDefault(result.Value) + 1;
                Assert.True(result != UpdateResult.Switched || right is not null, $"update {i}: took what nobody signed");
            }

            cuts += cut ? 1 : 0;
            if (cut || random.Next(4) == 0)
            {
                board.Start();
            }

            bool switched = right is not null && board.Model == right && board.Updater.Generation == PackageReader.GenerationOf(package);
            Assert.True(switched || board.Model == model, $"update {i}: neither the model before nor the one offered");
            Assert.True(board.Updater.Generation >= held, $"update {i}: went back to an older one");
            Assert.True(result != UpdateResult.Switched || switched, $"update {i}: says it switched");
            (model, held) = (board.Model, board.Updater.Generation);
            if (i % UpdatesOfBoard == UpdatesOfBoard - 1)
            {
                board = new Board(seed: i); // another board, for on this one the best model has won
                (model, held, newest) = (board.Model, 0, 0);
                sent.Clear();
            }
        }

        Assert.True(cuts > Updates / 10, $"{cuts} cuts");
        Assert.All(new[] { UpdateResult.Switched, UpdateResult.BadPackage, UpdateResult.NotNewer, UpdateResult.Worse,
            UpdateResult.DoesNotFit },
            result => Assert.True(results.GetValueOrDefault(result) > Updates / 200, $"{result}: {results.GetValueOrDefault(result)}"));
    }

    /// <summary>A package, and the model that may be taken from it; null where none may.</summary>
    private static (byte[] Package, string? Right) Draw(Random random, ref int newest, Dictionary<int, byte[]> sent)
    {
        byte[] blob = random.Next(4) > 0 ? Models.Good[random.Next(Models.Good.Length)] : Models.Bad[random.Next(Models.Bad.Length)];
        switch (random.Next(8))
        {
            case 0: // damaged
                byte[] damaged = Models.Signed(blob, newest + 1);
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                return (damaged, null);
            case 1: // cut off
                return (Models.Signed(blob, newest + 1)[..random.Next(300)], null);
            case 2: // forged
                return (Models.Signed(blob, newest + 1, Models.OtherKey), null);
            case 3 when newest > 0: // replayed, or older
                int generation = random.Next(1, newest + 1);
                blob = sent.GetValueOrDefault(generation, blob);
                return (Models.Signed(blob, generation), Board.As(blob));
            case 4: // of another shape
                return (Models.Signed(random.Next(2) == 0 ? Models.Wider() : Models.Narrower(), ++newest), null);
            default:
                sent[++newest] = blob;
                return (Models.Signed(blob, newest), Board.As(blob));
        }
    }

    /// <summary>Does something and cuts the power after so many operations. Whether it was cut.</summary>
    private static bool Cut(Board board, long operations, Action work)
    {
        board.Flash.CutAfter(operations);
        try
        {
            work();
            board.Flash.CutAfter(long.MaxValue);
            return false;
        }
        catch (PowerCutException)
        {
            return true;
        }
    }
}
