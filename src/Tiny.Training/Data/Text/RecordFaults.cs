namespace Tiny.Training.Data.Text;

/// <summary>Faults in words.</summary>
internal static class RecordFaults
{
    /// <summary>What is wrong, in words that go on after where the record begins.</summary>
    internal static string Describe(this RecordFault fault) => fault switch
    {
        RecordFault.QuoteInside => "a quote stands inside a field. Put the whole field in quotes and double those inside it.",
        RecordFault.QuoteOpen =>
            $"a quote opens here and is not closed within {RecordReader.MostQuoted} characters. Close it, or take it out.",
        RecordFault.TooLong => $"the line is longer than {RecordReader.MostCharacters} characters. Is this a table?",
        _ => "",
    };
}
