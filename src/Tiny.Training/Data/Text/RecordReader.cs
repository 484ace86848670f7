using System.Buffers;

namespace Tiny.Training.Data.Text;

/// <summary>
/// Cuts a text into records of fields (RFC 4180, with any separator): quoted fields, blanks around fields taken off, blank lines and # lines passed over.
/// A record is a view into the reader's buffer, valid until the next one. Memory is bounded whatever comes.
/// </summary>
internal sealed class RecordReader
{
    /// <summary>The most characters of a record.</summary>
    internal const int MostCharacters = 1 << 22;

    /// <summary>The most characters of a field in quotes, which may span lines.</summary>
    internal const int MostQuoted = 1 << 16;

    private readonly TextSource? source;
    private readonly char separator;
    private readonly bool runs; // of blanks separate fields
    private readonly SearchValues<char> stops;
    private char[] buffer;
    private int at;    // where the next record begins in the buffer
    private int end;   // of the characters in the buffer
    private bool ended;
    private bool swallowsLineFeed;
    private int nextLine = 1;
    private int linesInside; // of the record being read
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private readonly List<int> doubled = []; // fields with doubled quotes

    /// <summary>Reads records from a file's text.</summary>
    /// <param name="source">The text, not read yet.</param>
    /// <param name="separator">"," ";" "tab" "space" or "|".</param>
    internal RecordReader(TextSource source, string separator)
        : this(separator, new char[1 << 16], 0, ended: false) => this.source = source;

    /// <summary>Reads records from a text in memory.</summary>
    internal RecordReader(ReadOnlySpan<char> text, string separator)
        : this(separator, text.ToArray(), text.Length, ended: true)
    {
    }

    private RecordReader(string separator, char[] buffer, int end, bool ended)
    {
        this.buffer = buffer;
        this.end = end;
        this.ended = ended;
        runs = separator == "space";
        this.separator = runs ? ' ' : separator == "tab" ? '\t' : separator[0];
        stops = SearchValues.Create(runs ? " \t\n\r\"" : [this.separator, '\n', '\r', '"']);
    }

    /// <summary>Fields of the record.</summary>
    internal int Count { get; private set; }

    /// <summary>The line at which the record begins, from 1.</summary>
    internal int Line { get; private set; }

    /// <summary>What is wrong with it; its fields are then of no use.</summary>
    internal RecordFault Fault { get; private set; }

    /// <summary>Blank lines between this record and the one before.</summary>
    internal int BlankLines { get; private set; }

    /// <summary>Lines passed over so far because they begin with #.</summary>
    internal long Comments { get; private set; }

    /// <summary>A field of the record.</summary>
    internal ReadOnlySpan<char> this[int field] => buffer.AsSpan(starts[field], lengths[field]);

    /// <summary>Passes over so many lines, whatever they hold.</summary>
    internal void SkipLines(int count)
    {
        for (int i = 0; i < count && (at < end || Fill()); i++)
        {
            SkipLine();
        }
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end of the text.</returns>
    internal bool Read()
    {
        BlankLines = 0;
        while (true)
        {
            if (at == end && !Fill())
            {
                return false;
            }

            Line = nextLine;
            if (swallowsLineFeed && buffer[at] == '\n')
            {
                at++;
                swallowsLineFeed = false;
                continue;
            }

            swallowsLineFeed = false;
            switch (Parse())
            {
                case Outcome.Record:
                    return true;
                case Outcome.Blank:
                    BlankLines++;
                    break;
                case Outcome.Comment:
                    Comments++;
                    SkipLine();
                    break;
                case Outcome.More when end - at > MostCharacters:
                    return Give(RecordFault.TooLong);
                case Outcome.More:
                    Fill();
                    break;
            }
        }
    }

    /// <summary>All fields of the record; the array is the caller's.</summary>
    internal string[] ToFields()
    {
        string[] fields = new string[Count];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = this[i].ToString();
        }

        return fields;
    }

    private enum Outcome
    {
        Record,
        Blank,
        Comment,
        More, // the buffer ends within the record
    }

    private Outcome Parse()
    {
        Count = 0;
        Fault = RecordFault.None;
        linesInside = 0;
        doubled.Clear();
        int position = SkipBlanks(at);
        if (position == end || buffer[position] is '\n' or '\r')
        {
            return position < end || ended ? EndLine(position, Outcome.Blank) : Outcome.More;
        }

        if (buffer[position] == '#')
        {
            if (position + 1 == end && !ended)
            {
                return Outcome.More;
            }

            // "#" alone is what some loggers call their first column.
            if (runs || position + 1 == end || buffer[position + 1] != separator)
            {
                return Outcome.Comment;
            }
        }

        return Fields(position);
    }

    private Outcome Fields(int position)
    {
        while (true)
        {
            int next = position < end && buffer[position] == '"' ? Quoted(position) : Plain(position);
            if (next < 0)
            {
                return Outcome.More;
            }

            if (Fault != RecordFault.None)
            {
                Give(Fault);
                return Outcome.Record;
            }

            if (runs)
            {
                next = SkipBlanks(next);
            }

            if (next == end || buffer[next] is '\n' or '\r')
            {
                if (next == end && !ended)
                {
                    return Outcome.More;
                }

                Unescape();
                return EndLine(next, Outcome.Record);
            }

            position = SkipBlanks(runs ? next : next + 1);
        }
    }

    /// <summary>Takes the field without quotes that begins here; gives where its separator stands, -1 where the buffer ends first.</summary>
    private int Plain(int position)
    {
        int length = buffer.AsSpan(position, end - position).IndexOfAny(stops);
        if (length < 0)
        {
            if (!ended)
            {
                return -1;
            }

            length = end - position;
        }

        int stop = position + length;
        if (stop < end && buffer[stop] == '"')
        {
            Fault = RecordFault.QuoteInside;
            return stop;
        }

        int last = stop;
        while (last > position && IsBlank(buffer[last - 1]))
        {
            last--;
        }

        Add(position, last - position);
        return stop;
    }

    /// <summary>Takes the field in quotes that begins here; gives where its separator stands, -1 where the buffer ends first.</summary>
    private int Quoted(int position)
    {
        bool holdsQuote = false;
        int search = position + 1;
        while (true)
        {
            int length = buffer.AsSpan(search, end - search).IndexOf('"');
            int close = length < 0 ? end : search + length;
            if (close - position > MostQuoted || (length < 0 && ended))
            {
                Fault = RecordFault.QuoteOpen;
                return position;
            }

            if (length < 0 || (close + 1 == end && !ended))
            {
                return -1;
            }

            if (close + 1 < end && buffer[close + 1] == '"')
            {
                holdsQuote = true;
                search = close + 2;
                continue;
            }

            return Close(position, close, holdsQuote);
        }
    }

    private int Close(int position, int close, bool holdsQuote)
    {
        int next = SkipBlanks(close + 1);
        if (next == end && !ended)
        {
            return -1;
        }

        if (next < end && buffer[next] is not ('\n' or '\r') && (runs ? next == close + 1 : buffer[next] != separator))
        {
            Fault = RecordFault.QuoteInside;
            return next;
        }

        if (holdsQuote)
        {
            doubled.Add(Count);
        }

        ReadOnlySpan<char> text = buffer.AsSpan(position + 1, close - position - 1);
        linesInside += Math.Max(text.Count('\n'), text.Count('\r'));
        Add(position + 1, text.Length);
        return next;
    }

    private void Add(int start, int length)
    {
        if (Count == starts.Length)
        {
            Array.Resize(ref starts, 2 * Count);
            Array.Resize(ref lengths, 2 * Count);
        }

        starts[Count] = start;
        lengths[Count++] = length;
    }

    /// <summary>Makes one quote of each two, now that the record is whole and will not be read again.</summary>
    private void Unescape()
    {
        foreach (int field in doubled)
        {
            string text = this[field].ToString().Replace("\"\"", "\"");
            text.CopyTo(buffer.AsSpan(starts[field]));
            lengths[field] = text.Length;
        }
    }

    private Outcome EndLine(int position, Outcome outcome)
    {
        nextLine += 1 + linesInside;
        swallowsLineFeed = position < end && buffer[position] == '\r';
        at = Math.Min(end, position + 1);
        return outcome;
    }

    /// <summary>Gives a record that cannot be read, and goes on at the line after its first.</summary>
    private bool Give(RecordFault fault)
    {
        Fault = fault;
        SkipLine();
        return true;
    }

    private void SkipLine()
    {
        while (true)
        {
            if (swallowsLineFeed && at < end && buffer[at] == '\n')
            {
                at++;
            }

            swallowsLineFeed = false;
            int length = buffer.AsSpan(at, end - at).IndexOfAny('\n', '\r');
            if (length >= 0)
            {
                linesInside = 0;
                EndLine(at + length, Outcome.Record);
                return;
            }

            at = end;
            if (!Fill())
            {
                nextLine++;
                return;
            }
        }
    }

    private int SkipBlanks(int position)
    {
        while (position < end && IsBlank(buffer[position]))
        {
            position++;
        }

        return position;
    }

    private bool IsBlank(char c) => c == ' ' || (c == '\t' && separator != '\t');

    /// <summary>Reads on, keeping what is of the record at hand.</summary>
    /// <returns>False at the end of the text.</returns>
    private bool Fill()
    {
        if (ended)
        {
            return false;
        }

        if (at > 0)
        {
            buffer.AsSpan(at, end - at).CopyTo(buffer);
            end -= at;
            at = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        int count = source!.Read(buffer.AsSpan(end));
        ended = count == 0;
        end += count;
        return !ended;
    }
}
