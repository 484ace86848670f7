using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Training.Tests.Data.Recordings;

public class LabelPatternTests
{
    [Theory]
    [InlineData("{label}.csv", "punch.csv", "punch")]
    [InlineData("{label}.csv", "data/punch.csv", "punch")]
    [InlineData("{label}.csv", "punch.csv.gz", "punch")]
    [InlineData("{label}.csv", "punch.txt", null)]
    [InlineData("{label}.csv", ".csv", null)]
    [InlineData("{label}_*.csv", "walk_fast_01.csv", "walk")]
    [InlineData("{label}_??.csv", "walk_fast_01.csv", "walk_fast")]
    [InlineData("*_{label}.csv", "s1_walk_fast.csv", "walk_fast")]
    [InlineData("s?-{label}-*.csv", "s1-run-3.csv", "run")]
    [InlineData("s?-{label}-*.csv", "s12-run-3.csv", null)]
    [InlineData("{label}/*.csv", "data/walk/01.csv", "walk")]
    [InlineData("{label}/*.csv", "01.csv", null)]
    [InlineData("{label}/*/a.csv", "x/walk/s1/a.csv", "walk")]
    [InlineData("{label}(1+).csv", "a(1+).csv", "a")]
    [InlineData("[a]{label}.csv", "ab.csv", null)]
    [InlineData("{label}.csv", "größer 2.csv", "größer 2")]
    public void The_label_stands_where_the_pattern_says(string pattern, string path, string? label) =>
    Assert.Equal(label, new LabelPattern(pattern).Find(path));

    [Theory]
    [InlineData("*.csv")]
    [InlineData("")]
    [InlineData("{label}-{label}.csv")]
    public void A_pattern_has_one_place_for_it(string pattern) =>
        Assert.Contains("{label} where the label stands, once", Assert.Throws<SelectionException>(() => new LabelPattern(pattern)).Message);
}
