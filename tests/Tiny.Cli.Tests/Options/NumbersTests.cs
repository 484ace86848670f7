using System.CommandLine;
using System.Globalization;
using Tiny.Cli.Options;

namespace Tiny.Cli.Tests.Options;

/// <summary>Every option of every command that takes a number, given what is none.</summary>
public class NumbersTests
{
    private static readonly Type[] NumberTypes = [typeof(int), typeof(long), typeof(float), typeof(double)];

    [Fact]
    public void Every_number_of_every_command_is_read_in_one_way()
    {
        (string Command, Option Option)[] options = [.. NumericOptions()];
        Assert.True(options.Length > 40, $"Only {options.Length} numeric options were looked at.");
        foreach ((string command, Option option) in options)
        {
            foreach (string text in new[] { "many", "nan", "Infinity", "-inf", "1e999", "1,5", "--" })
            {
                string[] errors = Errors(command, $"{option.Name}={text}");
                Assert.True(errors.Any(error => error.StartsWith($"{option.Name} {text}: expected ", StringComparison.Ordinal)),
                    $"{command} {option.Name}={text}: {string.Join(" | ", errors)}");
                Assert.DoesNotContain(errors, error => error.Contains("System.", StringComparison.Ordinal)
                    || error.Contains("Cannot parse", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("train", "--epochs=many", "--epochs many: expected a whole number, 1 to 1000000.")]
    [InlineData("train", "--epochs=2.5", "--epochs 2.5: expected a whole number, 1 to 1000000.")]
    [InlineData("train", "--epochs=99999999999", "--epochs 99999999999: expected a whole number, 1 to 1000000.")]
    [InlineData("train", "--seed=3000000000", "--seed 3000000000: expected a whole number from -2147483648 to 2147483647.")]
    [InlineData("train", "--lr=0", "--lr 0: expected above 0, at most 1000.")]
    [InlineData("train", "--dropout=1", "--dropout 1: expected 0 to below 1.")]
    [InlineData("train", "--patience=-1", "--patience -1: expected 0 or more.")]
    [InlineData("train", "--threads=0", "--threads 0: expected 1 to 1024.")]
    [InlineData("train", "--split=120%", "--split 120%: expected a share above 0 and below 1, such as 0.2 or 20%.")]
    [InlineData("train", "--validation=0%", "--validation 0%: expected a share above 0 and below 1, such as 0.2 or 20%.")]
    [InlineData("eval", "--min-accuracy=95", "--min-accuracy 95: expected 0 to 1.")]
    [InlineData("eval", "--min-accuracy=-1", "--min-accuracy -1: expected 0 to 1.")]
    [InlineData("eval", "--max-rmse=0", "--max-rmse 0: expected above 0.")]
    [InlineData("quantize", "--max-loss=-1", "--max-loss -1: expected 0 or more.")]
    [InlineData("quantize", "--keep-float=-1", "--keep-float -1: expected 0 or more.")]
    [InlineData("train", "--window=1", "--window 1: expected 2 to 4000.")]
    [InlineData("train", "--rate=0", "--rate 0: expected samples a second above 0, at most 1000000.")]
    public void Values_out_of_range_are_told_with_what_was_expected(string command, string argument, string message) =>
        Assert.Contains(message, Errors(command, argument));

    [Theory]
    [InlineData("--split=20%", "--split", 0.2)]
    [InlineData("--split=0.125", "--split", 0.125)]
    [InlineData("--validation=12.5%", "--validation", 0.125)]
    [InlineData("--max-rmse=1e-30", "--max-rmse", 1e-30)]
    public void Shares_may_be_percentages_and_small_numbers_keep_their_digits(string argument, string option, double expected)
    {
        ParseResult parsed = CommandTree.Build().Parse(["train", "x.csv", "--out", "m", argument]);
        Assert.Empty(parsed.Errors);
        Assert.Equal(expected, parsed.GetValue<double?>(option)!.Value, 1e-15 * expected);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("-1")]
    [InlineData("infinityK")]
    [InlineData("1e3")]
    public void Sizes_are_finite_and_not_negative(string text) => Assert.False(Sizes.TryParse(text, out _));

    [Fact]
    public void Numbers_are_finite_whatever_the_styles()
    {
        Assert.False(Numbers.TryParse("NaN", NumberStyles.AllowDecimalPoint, out _));
        Assert.False(Numbers.TryParse("∞", NumberStyles.AllowDecimalPoint, out _));
        Assert.True(Numbers.TryParse("2.5", NumberStyles.AllowDecimalPoint, out double value));
        Assert.Equal(2.5, value);
    }

    private static string[] Errors(string command, string argument) =>
        [.. CommandTree.Build().Parse([command, argument]).Errors.Select(error => error.Message)];

    private static IEnumerable<(string Command, Option Option)> NumericOptions() =>
        from command in CommandTree.Build().Subcommands
        from option in command.Options
        where NumberTypes.Contains(Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType)
        select (command.Name, option);
}
