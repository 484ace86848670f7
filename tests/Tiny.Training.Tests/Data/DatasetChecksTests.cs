using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Tests.Data;

public class DatasetChecksTests
{
    [Fact]
    public void Rows_on_both_sides_of_a_split_are_told()
    {
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i * i % 31},{i}.5,{"xyz"[i % 3]}\n"));
        using RowTable twice = Read("a,b,l\n" + rows + rows);
        (RowSource train, RowSource test) = twice.Last(30);
        Assert.Contains(DatasetChecks.Of(twice.Schema, train, test),
            warning => warning.StartsWith("leakage: 30 of 30 rows", StringComparison.Ordinal));
        using RowTable once = Read("a,b,l\n" + rows);
        (train, test) = once.Last(10);
        Assert.Empty(DatasetChecks.Of(once.Schema, train, test));
    }

    [Fact]
    public void Equal_inputs_with_another_answer_are_no_leakage()
    {
        using RowTable table = Read("a,l\n1.5,x\n2.5,y\n1.5,y\n2.5,x\n");
        (RowSource train, RowSource test) = table.Last(2);
        Assert.Empty(DatasetChecks.Of(table.Schema, train, test));
    }

    [Fact]
    public void Streamed_rows_are_compared_like_others()
    {
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i => $"{i}.25,{"xy"[i % 2]}\n"));
        using RowTable table = Read(
            "a,l\n" + rows + rows, new StorageOptions(0, Path.GetTempPath()) { BlockBytes = 80, BufferBytes = 400, HeldBytes = 200 });
        (RowSource train, RowSource test) = table.Last(100);
        using (train)
        using (test)
        {
            Assert.Contains(DatasetChecks.Of(table.Schema, train, test),
                warning => warning.StartsWith("leakage: 100 of 100 rows", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Classes_on_one_side_only_and_far_from_even_are_told()
    {
        string[] names = ["a", "b", "c", "d"];
        Assert.Equal(
            ["class c has no row to train on. Get more of it, or split otherwise.",
                "class d has no row to test on. Get more of it, or split otherwise."],
            DatasetChecks.OfClasses(names, [5, 5, 0, 5], [2, 2, 2, 0]));
        Assert.Contains("2 classes (b, c) have no row at all", DatasetChecks.OfClasses(names, [5, 0, 0, 5], [2, 0, 0, 2]).Single());
        Assert.Contains("a has 1 row, another 11", DatasetChecks.OfClasses(names, [1, 11, 5, 5], null).Single());
    }

    [Theory]
    [InlineData("wave", "Wave")]
    [InlineData("wave", "wave\u00A0")]
    [InlineData("wave", "wa\u200Bve")]
    [InlineData("caf\u00E9", "cafe\u0301")]
    [InlineData("arm  up", "arm up")]
    public void Names_that_look_the_same_are_told(string one, string other)
    {
        string warning = NearEqualNames.Warnings([one, "rest", other], [20, 3, 10]).Single();
        Assert.Contains("(20 rows) and \"", warning);
        Assert.DoesNotContain('\u200B', warning);
    }

    [Fact]
    public void Other_names_are_not() => Assert.Empty(NearEqualNames.Warnings(["up", "down", "1", "10", "-1", "über", "uber"], null));

    private static RowTable Read(string text, StorageOptions? storage = null)
    {
        using TemporaryFile file = new(text);
        return DatasetFile.ReadCsv(file.Path, new(), storage).Table;
    }
}
