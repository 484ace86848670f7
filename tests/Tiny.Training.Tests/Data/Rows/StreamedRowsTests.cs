using System.Globalization;
using System.Text;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Tests.Data.Rows;

/// <summary>A small file in blocks of ten rows and buffers of thirty, so that everything happens that happens with large ones.</summary>
public class StreamedRowsTests
{
    private const int Count = 257;

    private static readonly StorageOptions Small =
        new(0, Path.GetTempPath()) { BlockBytes = 10 * 8, BufferBytes = 30 * 16, HeldBytes = 200 };

    [Fact]
    public void A_file_that_does_not_fit_is_streamed_and_one_that_does_is_not()
    {
        using RowTable streamed = Read(Small);
        Assert.True(streamed.IsStreamed);
        Assert.Null(streamed.Data);
        Assert.Equal(Count, streamed.Rows);
        using RowTable held = Read(Small with { MemoryBytes = Count * 8 });
        Assert.False(held.IsStreamed);
        using RowTable never = Read(StorageOptions.AllInMemory);
        Assert.Equal(never.Data!.Inputs, held.Data!.Inputs);
        Assert.Equal(never.Data.Classes, held.Data.Classes);
        Assert.Equal(["even", "odd"], streamed.Schema.OutputNames);
    }

    [Fact]
    public void Every_pass_gives_each_row_once_with_its_own_answer()
    {
        using RowTable table = Read(Small);
        using RowSource rows = table.All();
        Assert.Equal(Enumerable.Range(0, Count), Pass(rows, null));
        List<int> first = Pass(rows, 5);
        Assert.Equal(Enumerable.Range(0, Count), first.Order());
        Assert.Equal(first, Pass(rows, 5));
        Assert.NotEqual(first, Pass(rows, 6));
    }

    [Fact]
    public void The_order_mixes_the_whole_file()
    {
        // Of the first thirty rows of a pass, about half come from each half of the file.
        using RowTable table = Read(Small);
        using RowSource rows = table.All();
        int[] fromFirstHalf = [.. Enumerable.Range(1, 50).Select(order => Pass(rows, order).Take(30).Count(row => row < Count / 2))];
        Assert.InRange(fromFirstHalf.Average(), 12, 18);
        Assert.All(Enumerable.Range(1, 50),
            order => Assert.True(Pass(rows, order).Zip(Enumerable.Range(0, Count)).Count(pair => pair.First == pair.Second) < 12));
    }

    [Fact]
    public void Parts_are_disjoint_and_whole()
    {
        using RowTable table = Read(Small);
        Assert.Equal(Every(table.Every(5).Test), Enumerable.Range(0, Count).Where(row => row % 5 == 4));
        Assert.Equal(Every(table.Last(50).Test), Enumerable.Range(Count - 50, 50));
        foreach ((RowSource train, RowSource test) in new[] { table.Every(5), table.Last(50), table.Last(41), table.Share(0.3, 7),
            table.All().HoldBack(0.1, 3) })
        {
            Assert.Equal(Enumerable.Range(0, Count), Every(train).Concat(Every(test)).Order());
            Assert.Equal(train.Rows, Every(train).Count);
            Assert.Equal(test.Rows, Every(test).Count);
            Assert.Equal(Every(train).Order(), Pass(train, 3).Order());
        }

        Assert.InRange(table.Share(0.3, 7).Test.Rows, 50, 105);
        Assert.NotEqual(Every(table.Share(0.3, 7).Test), Every(table.Share(0.3, 8).Test));
        Assert.InRange(table.All().HoldBack(0.1, 3).HeldBack.Rows, 20, 30);
    }

    [Fact]
    public void A_sample_is_evenly_spaced_and_the_same_as_from_memory()
    {
        using RowTable streamed = Read(Small);
        using RowTable held = Read(StorageOptions.AllInMemory);
        Dataset sample = streamed.All().Sample(streamed.Schema, 40, long.MaxValue);
        Assert.Equal(40, sample.Rows);
        Assert.Equal(held.All().Sample(held.Schema, 40, long.MaxValue).Inputs, sample.Inputs);
        Assert.Equal(Count, streamed.All().Sample(streamed.Schema, 1000, long.MaxValue).Rows);
    }

    [Fact]
    public void Labels_seen_late_change_what_all_of_them_are()
    {
        // Numbers up to the last row: values, if that is a number too, else classes.
        string Text(string last) => "a,l\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{i % 4}.5\n")) + $"1,{last}\n";
        using RowTable values = Read(Small, Text("7"));
        Assert.Equal(NetworkTask.Regression, values.Schema.Task);
        using RowTable classes = Read(Small, Text("warm"));
        Assert.Equal(5, classes.Schema.OutputNames.Count);
        using RowSource rows = values.All();
        rows.Begin(null);
        Assert.Equal(0.5f, rows.Next()!.Answers[0]);
    }

    [Fact]
    public void No_folder_for_the_file_is_said_before_anything_is_lost()
    {
        DataException fault = Assert.Throws<DataException>(() => Read(Small with { Folder = "/nowhere/at/all" }));
        Assert.Contains("/nowhere/at/all", fault.Message);
        Assert.Contains("--cache", fault.Message);
    }

    [Fact]
    public void Training_from_a_stream_learns_what_training_from_memory_learns()
    {
        string text = "x,y,kind\n" + string.Concat(Enumerable.Range(0, 600).Select(i =>
            string.Create(CultureInfo.InvariantCulture,
            $"{Math.Cos(i) * (1 + i % 2 * 2)},{Math.Sin(i) * (1 + i % 2 * 2)},{(i % 2 == 0 ? "inner" : "outer")}\n")));
        foreach (StorageOptions storage in new[] { Small, StorageOptions.AllInMemory })
        {
            using RowTable table = Read(storage, text);
            (RowSource train, RowSource test) = table.Every(5);
            TrainingResult result = new Trainer(table.Schema, train, new() { HiddenLayers = [16], Epochs = 60, Patience = 30 }).Run(test);
            Assert.InRange(result.Test!.Confusion!.Accuracy, 0.99, 1);
            Assert.Equal(120, result.Test.Rows);
        }
    }

    private static List<int> Every(RowSource rows) => Pass(rows, null);

    /// <summary>The rows' numbers in the order of a pass, each checked against what the row holds.</summary>
    private static List<int> Pass(RowSource rows, int? order)
    {
        List<int> numbers = [];
        rows.Begin(order);
        while (rows.Next() is RowChunk chunk)
        {
            foreach (int row in chunk.Order.AsSpan(0, chunk.Count))
            {
                int number = (int)chunk.Inputs[2 * row];
                Assert.Equal(-number, chunk.Inputs[2 * row + 1]);
                Assert.Equal(number % 2, chunk.Answers[row]);
                numbers.Add(number);
            }
        }

        return numbers;
    }

    [Fact]
    public void Columns_that_are_not_kept_are_left_out_in_memory_and_streamed()
    {
        string text = "a,same,b,l\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i % 13},7,{i % 5}.5,{i % 2}\n"));
        using RowTable held = Read(StorageOptions.AllInMemory, text);
        using RowTable streamed = Read(Small, text);
        Assert.True(streamed.IsStreamed);
        Assert.Equal(["a", "b"], streamed.Schema.Columns.Names);
        Assert.Equal(200, held.Data!.Inputs.Length);
        using RowSource rows = streamed.All();
        Assert.Equal(held.Data.Inputs, rows.Sample(streamed.Schema, 100, long.MaxValue).Inputs);
    }

    [Fact]
    public void A_sample_keeps_to_the_memory_it_may_take()
    {
        using RowTable table = Read(StorageOptions.AllInMemory);
        Dataset sample = table.All().Sample(table.Schema, 100, memoryBytes: 10 * 8);
        Assert.Equal(10, sample.Rows);
        Assert.Equal(1, table.All().Sample(table.Schema, 100, memoryBytes: 0).Rows);
    }

    [Fact]
    public void A_fault_of_reading_is_thrown_as_it_is()
    {
        RowTable table = Read(Small);
        RowSource rows = table.All();
        rows.Begin(null);
        table.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
        {
            while (rows.Next() is not null)
            {
            }
        });
        Assert.Throws<ObjectDisposedException>(() => rows.Begin(1));
        rows.Dispose();
    }

    private static RowTable Read(StorageOptions storage, string? text = null)
    {
        StringBuilder rows = new("up,down,kind\n");
        for (int i = 0; i < Count; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{i},{-i},{(i % 2 == 0 ? "even" : "odd")}\n");
        }

        using TemporaryFile file = new(text ?? rows.ToString());
        return DatasetFile.ReadCsv(file.Path, new(), storage).Table;
    }
}
