using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>What tiny train says of its own result: beside baselines, and fairly where classes are uneven.</summary>
public sealed class BaselineTests : WorkFolder
{
    [Fact]
    public void Train_shows_the_majority_and_a_linear_model_on_the_test_rows()
    {
        ProcessResult train = InProcess.Run("train", Rings(), "--test-every", "4", "--epochs", "60", "--out", At("m.tiny"), "--json");
        JsonElement baseline = train.Json.GetProperty("baseline");
        double accuracy = train.Json.GetProperty("test").GetProperty("accuracy").GetDouble();
        Assert.Equal(0.5, baseline.GetProperty("majority").GetProperty("accuracy").GetDouble(), 0.1);
        Assert.InRange(baseline.GetProperty("linear").GetProperty("accuracy").GetDouble(), 0.3, accuracy - 0.2);
        Assert.Equal(100, baseline.GetProperty("linear").GetProperty("rows").GetInt32());
        Assert.True(baseline.GetProperty("majority").GetProperty("answer").GetString() is "inner" or "outer");
        Assert.DoesNotContain("no better", train.Errors);

        // 2-16-2: two products, and no weight of a trained network is exactly 0.
        Assert.Equal(2 * 16 + 16 * 2, train.Json.GetProperty("macs").GetInt64());
        Assert.Equal(train.Json.GetProperty("parameters").GetInt32(), train.Json.GetProperty("nonzero").GetInt32());
        Assert.Equal(accuracy, train.Json.GetProperty("test").GetProperty("balanced_accuracy").GetDouble(), 0.05);
    }

    [Fact]
    public void A_network_that_is_no_better_than_a_linear_model_is_told_so_in_one_line()
    {
        string data = Write("plane.csv", "a,b,y\n" + Lines(80, (x, y) => x > y ? "over" : "under"));
        ProcessResult train = InProcess.Run(
            "train", data, "--test-every", "4", "--layers", "2", "--epochs", "1", "--lr", "0.0001", "--out", At("m.tiny"));
        Assert.Equal(0, train.ExitCode);
        Assert.Single(train.Errors.Split('\n'),
            line => line.StartsWith("warning: the network (accuracy 0.") && line.Contains("no better than"));
        Assert.Contains("\n  majority  accuracy 0.", train.Output.ReplaceLineEndings("\n"));
        Assert.Contains("\n  linear    accuracy 0.9", train.Output.ReplaceLineEndings("\n").Replace("accuracy 1.0000", "accuracy 0.9999"));
    }

    [Fact]
    public void A_regression_is_held_against_the_mean_and_a_linear_model()
    {
        string data = Write("noise.csv",
            "a,b,y\n" + Lines(80, (x, y) => (7 * Math.Sin(1000 * x) + 90).ToString("0.00", CultureInfo.InvariantCulture)));
        ProcessResult train = InProcess.Run(
            "train", data, "--test-every", "4", "--layers", "64", "--epochs", "400", "--out", At("m.tiny"), "--json");
        JsonElement baseline = train.Json.GetProperty("baseline");
        Assert.InRange(baseline.GetProperty("majority").GetProperty("rmse").GetDouble(), 3, 7);
        Assert.InRange(baseline.GetProperty("linear").GetProperty("rmse").GetDouble(), 3, 8);
        Assert.Contains("is no better than always answering", train.Errors);
    }

    [Fact]
    public void Uneven_classes_show_their_balanced_accuracy_and_class_weights_raise_it()
    {
        string data = Uneven();
        ProcessResult plain = InProcess.Run("train", data, "--split", "0.3", "--epochs", "60", "--out", At("plain.tiny"));
        Assert.Contains("balanced accuracy 0.", plain.Output);
        InProcess.Run("train", data, "--split", "0.3", "--epochs", "60", "--class-weights", "balanced", "--out", At("balanced.tiny"));
        JsonElement before = InProcess.Run("eval", At("plain.tiny"), data, "--split", "0.3", "--json").Json;
        JsonElement after = InProcess.Run("eval", At("balanced.tiny"), data, "--split", "0.3", "--json").Json;
        Assert.True(after.GetProperty("balanced_accuracy").GetDouble() > before.GetProperty("balanced_accuracy").GetDouble() + 0.1);
        Assert.True(after.GetProperty("accuracy").GetDouble() < before.GetProperty("accuracy").GetDouble());
        Assert.Contains("actual \\ predicted", InProcess.Run("eval", At("plain.tiny"), data).Output);
    }

    [Fact]
    public void Class_weights_are_refused_for_a_regression()
    {
        string data = Write("r.csv",
            "a,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{i},{i * 0.37}\n"))));
        InProcess.Run("train", data, "--class-weights", "balanced", "--out", At("m.tiny"))
            .FailedWith(2, "--class-weights is for classes, but y has values");
        InProcess.Run("train", data, "--class-weights", "even", "--out", At("m.tiny")).FailedWith(2, "expected one of none, balanced");
        HoldsOnly("r.csv");
    }

    private string Rings() => Write("rings.csv", "a,b,y\n" + Lines(400, (x, y) => x * x + y * y < 0.6 ? "inner" : "outer"));

    /// <summary>Two clouds that overlap, one of them with a row in 12.</summary>
    private string Uneven()
    {
        Random random = new(4);
        StringBuilder text = new("a,b,y\n");
        for (int i = 0; i < 900; i++)
        {
            double at = i % 12 == 5 ? 0.5 : 0;
            text.Append(CultureInfo.InvariantCulture,
                $"{at + random.NextDouble() + random.NextDouble():0.000},{at + random.NextDouble() + random.NextDouble():0.000},"
                    + $"{(at > 0 ? "rare" : "usual")}\n");
        }

        return Write("uneven.csv", text.ToString());
    }

    private static string Lines(int rows, Func<double, double, string> answer)
    {
        Random random = new(6);
        StringBuilder text = new();
        for (int i = 0; i < rows; i++)
        {
            (double x, double y) = (2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1);
            text.Append(CultureInfo.InvariantCulture, $"{x:0.0000},{y:0.0000},{answer(x, y)}\n");
        }

        return text.ToString();
    }
}
