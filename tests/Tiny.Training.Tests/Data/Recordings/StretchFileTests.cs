using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Training.Tests.Data.Recordings;

public sealed class StretchFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-stretches-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_is_written_is_read_whatever_the_names()
    {
        LabeledStretch[] stretches = [new("a/a", 0, 5, "shake"), new("#1, \"left\"", 7, 9, "up, down"), new(" b ", 1, 2, "é")];
        Assert.Equal(stretches, StretchFile.Parse("labels.csv", StretchFile.ToText(stretches)));
    }

    [Theory]
    [InlineData("recording,from,to\n", "line 1", "expected recording,from,to,label")]
    [InlineData("recording,from,to,label\na,0,5,x\na,9,7,x\n", "line 3", "of which the second is larger")]
    [InlineData("recording,from,to,label\na,-1,5,x\n", "line 2", "two numbers")]
    [InlineData("recording,from,to,label\na,0,5,\n", "line 2", "a label")]
    [InlineData("recording,from,to,label\na,0,5,x\nb,0,9,x\na,4,7,y\n", "line 4", "overlap 0 to 5")]
    public void A_line_that_is_no_stretch_is_refused_with_its_place(string text, string line, string words)
    {
        DataException error = Assert.Throws<DataException>(() => StretchFile.Parse("labels.csv", text));
        Assert.Contains($"labels.csv, {line}", error.Message);
        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void Labeled_stretches_count_instead_of_a_recordings_own_label_and_others_keep_theirs()
    {
        Write("a.csv", "file,label,i,ms,x", i => $"a,own,{i},{20 * i},{i}");
        Write("b.csv", "file,label,i,ms,x", i => $"b,rest,{i},{20 * i},{i}");
        File.WriteAllText(At("labels.csv"), "recording,from,to,label\na/a,10,15,shake\na/a,15,22,wave\nc/c,0,5,gone\n");
        (List<(string, string, float)> samples, IReadOnlyList<string> remarks, IReadOnlyList<RecordingSummary> recordings) = Read();
        Assert.Equal([.. Enumerable.Range(10, 5).Select(i => ("a/a", "shake", (float)i)),
            .. Enumerable.Range(15, 7).Select(i => ("a/a", "wave", (float)i))], samples.Where(sample => sample.Item1 == "a/a"));
        Assert.Equal(30, samples.Count(sample => sample is ("b/b", "rest", _)));
        Assert.Contains(remarks, remark => remark.Contains("1 labeled stretches lie in no recording that was read: c/c 0-5"));
        Assert.Equal((5L, 7L), (recordings[0].ByLabel["shake"], recordings[0].ByLabel["wave"]));
        Assert.Equal((3L, 1L, 2L),
            (recordings[0].CountWindows(5, 2), recordings[0].CountWindows(5, 2, "shake"), recordings[0].CountWindows(5, 2, "wave")));
    }

    [Fact]
    public void Recordings_without_any_label_are_left_out_where_others_have_one()
    {
        Write("a.csv", "x,y", i => $"{i},{i % 3}");
        Write("b.csv", "x,y", i => $"{i},{i % 5}");
        File.WriteAllText(At("labels.csv"), "recording,from,to,label\nb,0,30,up\n");
        DatasetFile file = DatasetFile.ReadRecordings(
            RecordingFiles.Open(folder.FullName, new CsvOptions()), new CsvOptions(), new WindowOptions { Window = 10, Hop = 5 });
        Assert.Equal(5, file.Table.All().Rows);
    }

    [Fact]
    public void A_file_called_labels_that_is_something_else_is_a_recording_as_before()
    {
        Write("labels.csv", "file,label,i,ms,x", i => $"l,up,{i},{20 * i},{i}");
        (List<(string Name, string, float)> samples, _, _) = Read();
        Assert.All(samples, sample => Assert.Equal("labels/l", sample.Name));
        Assert.Equal(30, samples.Count);
    }

    [Fact]
    public void The_folder_of_a_program_among_the_recordings_is_passed_over()
    {
        Write("a.csv", "file,label,i,ms,x", i => $"a,up,{i},{20 * i},{i}");
        Directory.CreateDirectory(At("export/sample/obj"));
        File.WriteAllText(At("export/sample/Gesture.nfproj"), "<Project />");
        File.WriteAllText(At("export/sample/obj/list.txt"), "some,other,text\n");
        Assert.Equal(["a.csv"], RecordingFiles.NamesIn(folder.FullName));
        Assert.Equal(30, Read().Samples.Count);
    }

    [Fact]
    public void The_results_of_a_sweep_among_the_recordings_are_passed_over()
    {
        Write("a.csv", "file,label,i,ms,x", i => $"a,up,{i},{20 * i},{i}");
        Directory.CreateDirectory(At("sweeps/s.sweep/results"));
        File.WriteAllText(At("sweeps/s.sweep/manifest.jsonl"), "{}\n");
        File.WriteAllText(At("sweeps/s.sweep/results.csv"), "trial,accuracy\n0,0.5\n");
        Assert.Equal(["a.csv"], RecordingFiles.NamesIn(folder.FullName));
        Assert.Equal(30, Read().Samples.Count);
    }

    private (List<(string Name, string Label, float X)> Samples, IReadOnlyList<string> Remarks,
        IReadOnlyList<RecordingSummary> Recordings) Read()
    {
        CsvOptions options = new();
        using RecordingSource source = new(RecordingFiles.Open(folder.FullName, options),
            file => RecordingColumns.ForTraining(file, options, null, needsLabel: false));
        List<(string, string, float)> samples = [];
        float[] sample = new float[source.Layout.Channels.Count];
        while (source.Read(sample))
        {
            samples.Add((source.Recordings[^1].Name, source.Label, sample[0]));
        }

        return (samples, source.Reading.Remarks, source.Recordings);
    }

    private void Write(string name, string header, Func<int, string> row) =>
        File.WriteAllLines(At(name), [header, .. Enumerable.Range(0, 30).Select(row)]);

    private string At(string name) => Path.Combine(folder.FullName, name);
}
