namespace Tiny.Training.Data.Text;

/// <summary>Where the fields of a record stand in a buffer.</summary>
internal sealed class FieldList
{
    private readonly List<int> doubled = []; // fields with doubled quotes
    private int[] starts = new int[16];
    private int[] lengths = new int[16];

    /// <summary>How many.</summary>
    internal int Count { get; private set; }

    /// <summary>A field's text.</summary>
    internal ReadOnlySpan<char> Of(char[] buffer, int field) => buffer.AsSpan(starts[field], lengths[field]);

    /// <summary>Forgets all.</summary>
    internal void Clear()
    {
        Count = 0;
        doubled.Clear();
    }

    /// <summary>Adds a field.</summary>
    internal void Add(int start, int length, bool holdsDoubledQuotes = false)
    {
        if (Count == starts.Length)
        {
            Array.Resize(ref starts, 2 * Count);
            Array.Resize(ref lengths, 2 * Count);
        }

        if (holdsDoubledQuotes)
        {
            doubled.Add(Count);
        }

        starts[Count] = start;
        lengths[Count++] = length;
    }

    /// <summary>Makes one quote of each two, in the buffer, once the record is whole and will not be read again.</summary>
    internal void Unescape(char[] buffer)
    {
        foreach (int field in doubled)
        {
            string text = Of(buffer, field).ToString().Replace("\"\"", "\"");
            text.CopyTo(buffer.AsSpan(starts[field]));
            lengths[field] = text.Length;
        }
    }
}
