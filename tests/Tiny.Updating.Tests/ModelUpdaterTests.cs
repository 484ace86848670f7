using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Emulator.Flash;

namespace Tiny.Updating.Tests;

/// <summary>What is taken, what is turned down and why, and what the board holds afterward, at once and behind a restart.</summary>
public class ModelUpdaterTests
{
    [Fact]
    public void The_models_of_these_tests_are_better_and_worse_than_the_delivered_one()
    {
        int delivered = Models.ScoreOf(Models.Factory);
        Assert.All(Models.Good, blob => Assert.True(Models.ScoreOf(blob) > delivered, $"{Models.ScoreOf(blob)} and {delivered}"));
        Assert.All(Models.Bad, blob => Assert.True(Models.ScoreOf(blob) < delivered, $"{Models.ScoreOf(blob)} and {delivered}"));
    }

    [Fact]
    public void A_newer_and_better_model_takes_the_place_of_the_present_one_and_outlasts_a_restart()
    {
        Board board = new();
        Assert.Equal((0, Board.As(Models.Factory)), (board.Updater.Generation, board.Model));
        for (int generation = 1; generation <= 5; generation++)
        {
            byte[] blob = Models.Good[generation % Models.Good.Length];
            UpdateResult result = board.Offer(Models.Signed(blob, generation));
            Assert.True(result is UpdateResult.Switched or UpdateResult.Worse);
            string held = board.Model;
            Assert.Equal(result == UpdateResult.Switched, held == Board.As(blob));
            board.Start();
            Assert.Equal(held, board.Model);
            Assert.Equal(generation, board.Updater.NewestGeneration);
        }
    }

    [Fact]
    public void A_model_that_does_worse_is_turned_down_and_not_tried_again()
    {
        Board board = new();
        byte[] worse = Models.Signed(Models.Bad[0], 3);
        Assert.Equal(UpdateResult.Worse, board.Offer(worse));
        Assert.Equal((0, Board.As(Models.Factory)), (board.Updater.Generation, board.Model));
        board.Start();
        Assert.Equal((0, 3, Board.As(Models.Factory)), (board.Updater.Generation, board.Updater.NewestGeneration, board.Model));
        long written = board.Flash.BytesWritten;
        Assert.Equal(UpdateResult.NotNewer, board.Offer(worse));
        Assert.Equal(UpdateResult.NotNewer, board.Offer(Models.Signed(Models.Good[0], 2)));
        Assert.Equal(written, board.Flash.BytesWritten);
        Assert.Equal(UpdateResult.Switched, board.Offer(Models.Signed(Models.Good[0], 4)));
    }

    [Fact]
    public void A_package_that_is_replayed_older_forged_or_damaged_changes_nothing()
    {
        Board board = new();
        byte[] package = Models.Signed(Models.Good[0], 5);
        Assert.Equal(UpdateResult.Switched, board.Offer(package));
        string held = board.Model;
        long written = board.Flash.BytesWritten;
        Assert.Equal(UpdateResult.NotNewer, board.Offer(package));
        Assert.Equal(UpdateResult.NotNewer, board.Offer(Models.Signed(Models.Good[1], 4)));
        Assert.Equal((UpdateResult.BadPackage, PackageError.WrongSignature),
            (board.Offer(Models.Signed(Models.Good[1], 6, Models.OtherKey)), board.Updater.LastFault));
        Assert.Equal((UpdateResult.BadPackage, PackageError.Truncated), (board.Offer(package[..^9]), board.Updater.LastFault));
        Assert.Equal((UpdateResult.BadPackage, PackageError.TooShort), (board.Offer([]), board.Updater.LastFault));
        Assert.Equal((UpdateResult.BadPackage, PackageError.NotAPackage), (board.Offer(Models.Good[1]), board.Updater.LastFault));
        Assert.Equal((held, written), (board.Model, board.Flash.BytesWritten));
    }

    [Fact]
    public void A_model_of_another_shape_does_not_fit()
    {
        Board board = new();
        Assert.Equal(UpdateResult.DoesNotFit, board.Offer(Models.Signed(Models.Wider(), 1)));
        Assert.NotEqual(BlobError.None, board.Updater.LastModelFault);
        Assert.Equal(UpdateResult.DoesNotFit, board.Offer(Models.Signed(Models.Narrower(), 2)));
        Assert.Equal(BlobError.None, board.Updater.LastModelFault);
        Assert.Equal(UpdateResult.DoesNotFit, board.Offer(Models.Signed([1, 2, 3], 3)));
        Assert.Equal(UpdateResult.TooLarge, board.Offer(Models.Signed(new byte[1024 - 56 - 31], 4)));
        Assert.Equal(Board.As(Models.Factory), board.Model);
    }

    [Fact]
    public void A_trial_that_a_model_gives_no_answer_in_is_one_that_it_does_not_pass()
    {
        Board board = new(trial: new FailingTrial());
        Assert.Equal(UpdateResult.Worse, board.Offer(Models.Signed(Models.Good[0], 1)));
        Assert.Equal(Board.As(Models.Factory), board.Model);
    }

    [Fact]
    public void Falling_back_gives_the_model_before_and_then_the_delivered_one_for_good()
    {
        Board board = new();
        Assert.False(board.Updater.FallBack());
        byte[][] models = [.. Models.Good.OrderBy(Models.ScoreOf).Take(2)];
        Assert.Equal(UpdateResult.Switched, board.Offer(Models.Signed(models[0], 1)));
        Assert.Equal(UpdateResult.Switched, board.Offer(Models.Signed(models[1], 2)));
        Assert.True(board.Updater.FallBack());
        Assert.Equal((1, Board.As(models[0])), (board.Updater.Generation, board.Model));
        board.Start();
        Assert.Equal((1, 2, Board.As(models[0])), (board.Updater.Generation, board.Updater.NewestGeneration, board.Model));
        Assert.True(board.Updater.FallBack());
        board.Start();
        Assert.Equal((0, 2, Board.As(Models.Factory)), (board.Updater.Generation, board.Updater.NewestGeneration, board.Model));
        Assert.Equal(UpdateResult.NotNewer, board.Offer(Models.Signed(models[1], 2)));
        Assert.Equal(UpdateResult.Switched, board.Offer(Models.Signed(models[1], 3)));
    }

    [Fact]
    public void A_flipped_bit_in_a_slot_leaves_the_model_before_and_the_same_may_come_again_but_none_older()
    {
        Board board = new();
        byte[][] models = [.. Models.Good.OrderBy(Models.ScoreOf).Take(2)];
        byte[] newest = Models.Signed(models[1], 3);
        Assert.Equal(UpdateResult.Switched, board.Offer(Models.Signed(models[0], 1)));
        Assert.Equal(UpdateResult.Switched, board.Offer(newest));
        for (int at = 0; at < newest.Length; at++)
        {
            board.Flash.FlipBit(1, at, at % 8);
            board.Start();
            Assert.Equal((1, Board.As(models[0])), (board.Updater.Generation, board.Model));
            board.Flash.FlipBit(1, at, at % 8);
        }

        board.Flash.FlipBit(1, 60, 3);
        board.Start();
        Assert.Equal(UpdateResult.NotNewer, board.Offer(Models.Signed(models[1], 2)));
        Assert.Equal(UpdateResult.Switched, board.Offer(newest));
    }

    [Fact]
    public void Storage_that_refuses_or_lies_leaves_the_model()
    {
        byte[] package = Models.Signed(Models.Good[0], 1);
        for (int calls = 0; calls < 5; calls++)
        {
            Board board = new();
            board.Flash.RefuseAfter(calls);
            Assert.Equal(UpdateResult.StorageRefused, board.Offer(package));
            Assert.Equal((0, Board.As(Models.Factory)), (board.Updater.Generation, board.Model));
            board.Flash.PowerUp();
            Assert.Equal(UpdateResult.Switched, board.Offer(package));
        }

        Board full = new();
        full.Flash.Room = package.Length + 3;
        Assert.Equal(UpdateResult.StorageRefused, full.Offer(package));
        Assert.Equal(Board.As(Models.Factory), full.Model);
    }

    [Fact]
    public void What_an_updater_cannot_work_with_is_refused_with_the_numbers()
    {
        Network network = Network.FromBlob(Models.Factory);
        Assert.Contains("takes", Assert.Throws<ArgumentException>(
            () => new ModelUpdater(network, Models.Factory, new MemoryStorage(100), Models.Key, Models.Trial())).Message);
        Assert.Throws<ArgumentNullException>(() => new ModelUpdater(network, Models.Factory, new MemoryStorage(1024), Models.Key, null!));
        Assert.Throws<ArgumentException>(() => new ModelUpdater(network, Models.Factory, new MemoryStorage(1024), [], Models.Trial()));
        ModelUpdater updater = new(network, Models.Factory, new MemoryStorage(1024), Models.Key, Models.Trial());
        Assert.Contains("Load", Assert.Throws<InvalidOperationException>(() => updater.Offer(10)).Message);
        Assert.Equal(0, updater.Load());
        Assert.Throws<ArgumentOutOfRangeException>(() => updater.Offer(1025));
        Assert.Throws<ArgumentException>(() => new ExampleTrial([], [], 3));
        Assert.Throws<ArgumentException>(() => new ExampleTrial([[1f]], [0, 1], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExampleTrial([[1f]], [0], 0));
    }

    /// <summary>The delivered model is answered for; any other is not.</summary>
    private sealed class FailingTrial : IModelTrial
    {
        private int asked;

        public int Score(Network network) => asked++ == 0 ? 0 : throw new InvalidOperationException("Output 0 is not finite.");
    }
}
