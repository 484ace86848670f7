using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Records;
using Tiny.Training.Tests.Data;

namespace Tiny.Training.Tests.Records;

public class RecordedRowsTests
{
    [Fact]
    public void Columns_have_the_statistics_of_the_training_rows_and_of_no_others()
    {
        Dataset data = Dataset.ForClassification(
            [1f, 20_000_000f, 2f, 20_000_004f, 6f, 20_000_000f, 99f, -5f], new DataColumns(["a", "b"], true, false), [0, 2, 2, 1],
                ["x", "y", "z"]);
        MemoryRows rows = new(data, [0, 1, 2]);
        IReadOnlyList<RecordedColumn> columns = RecordedColumn.Of(data.Schema, rows, [4, 1]);
        Assert.Equal(("a", 4, 1f, 6f), (columns[0].Name, columns[0].Position!.Value, columns[0].Min, columns[0].Max));
        Assert.Equal(3, columns[0].Mean, 1e-12);
        Assert.Equal(Math.Sqrt((4 + 1 + 9) / 3.0), columns[0].Deviation, 1e-12);
        Assert.Equal(20_000_000 + 4 / 3.0, columns[1].Mean, 1e-6);
        Assert.Equal(Math.Sqrt(32 / 9.0), columns[1].Deviation, 1e-6);
        Assert.Null(RecordedColumn.Of(data.Schema, rows, null)[0].Position);
        Assert.Equal([new("x", 1, 0), new("y", 0, 1), new("z", 2, 0)], RecordedClass.Of(data.Schema, rows, new MemoryRows(data, [3])));
    }

    [Fact]
    public void Streamed_rows_have_those_of_the_same_rows_in_memory()
    {
        using TemporaryFile file = new("a,b,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i % 17},{i * 31 % 101},{i}.5\n")));
        StorageOptions small = new(0, Path.GetTempPath()) { BlockBytes = 100, BufferBytes = 500, HeldBytes = 200 };
        using RowTable streamed = DatasetFile.ReadCsv(file.Path, new(), small).Table;
        using RowTable whole = DatasetFile.ReadCsv(file.Path, new()).Table;
        Assert.True(streamed.IsStreamed);
        Assert.Equal(RecordedColumn.Of(whole.Schema, whole.Every(4).Train, [0, 1]),
            RecordedColumn.Of(streamed.Schema, streamed.Every(4).Train, [0, 1]));
        Assert.Empty(RecordedClass.Of(streamed.Schema, streamed.All(), null));
    }
}
