using System.Buffers;

namespace Tiny.Training.Data.Text;

/// <summary>
/// Cuts a text into records of fields (RFC 4180, with any separator): quoted fields, blanks around fields taken off, blank lines and #
/// lines passed over. A record is a view into the reader's buffer, valid until the next one. Memory is bounded whatever comes.
/// </summary>
internal sealed class RecordReader
{
    /// <summary>The most characters of a record.</summary>
    internal const int MostCharacters = 1 << 22;

    /// <summary>The most characters of a field in quotes, which may span lines.</summary>
    internal const int MostQuoted = 1 << 16;

    private const int More = -1; // the buffer ends within the field

    private readonly CharWindow window;
    private readonly FieldList fields = new();
    private readonly char separator;
    private readonly bool runs; // of blanks separate fields
    private readonly SearchValues<char> stops;
    private int linesInside; // line ends within the record being read

    /// <summary>Reads records from a file's text.</summary>
    /// <param name="source">The text, not read yet.</param>
    /// <param name="separator">"," ";" "tab" "space" or "|".</param>
    internal RecordReader(TextSource source, string separator)
        : this(new CharWindow(source), separator)
    {
    }

    /// <summary>Reads records from a text in memory.</summary>
    internal RecordReader(ReadOnlySpan<char> text, string separator)
        : this(new CharWindow(text), separator)
    {
    }

    private RecordReader(CharWindow window, string separator)
    {
        this.window = window;
        runs = separator == "space";
        this.separator = runs ? ' ' : separator == "tab" ? '\t' : separator[0];
        stops = SearchValues.Create(runs ? " \t\n\r\"" : [this.separator, '\n', '\r', '"']);
    }

    /// <summary>Fields of the record.</summary>
    internal int Count => fields.Count;

    /// <summary>The line at which the record begins, from 1.</summary>
    internal int Line { get; private set; }

    /// <summary>What is wrong with it; its fields are then of no use.</summary>
    internal RecordFault Fault { get; private set; }

    /// <summary>Blank lines between this record and the one before.</summary>
    internal int BlankLines { get; private set; }

    /// <summary>Lines passed over so far because they begin with #.</summary>
    internal long Comments { get; private set; }

    /// <summary>A field of the record.</summary>
    internal ReadOnlySpan<char> this[int field] => fields.Of(window.Buffer, field);

    /// <summary>Passes over so many lines, whatever they hold.</summary>
    internal void SkipLines(int count)
    {
        for (int i = 0; i < count && window.BeginLine(); i++)
        {
            window.SkipLine();
        }
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end of the text.</returns>
    internal bool Read()
    {
        BlankLines = 0;
        while (window.BeginLine())
        {
            Line = window.Line;
            switch (Parse())
            {
                case Outcome.Record:
                    return true;
                case Outcome.Blank:
                    BlankLines++;
                    break;
                case Outcome.Comment:
                    Comments++;
                    window.SkipLine();
                    break;
                case Outcome.More when window.Length > MostCharacters:
                    return Give(RecordFault.TooLong);
                case Outcome.More:
                    window.Fill();
                    break;
            }
        }

        return false;
    }

    /// <summary>All fields of the record; the array is the caller's.</summary>
    internal string[] ToFields()
    {
        string[] texts = new string[Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = this[i].ToString();
        }

        return texts;
    }

    private enum Outcome
    {
        Record,
        Blank,
        Comment,
        More,
    }

    private Outcome Parse()
    {
        fields.Clear();
        Fault = RecordFault.None;
        linesInside = 0;
        int position = SkipBlanks(window.Start);
        if (EndsLine(position))
        {
            return End(position, Outcome.Blank);
        }

        if (window.Buffer[position] == '#')
        {
            bool last = position + 1 == window.End;
            if (last && !window.HasEnded)
            {
                return Outcome.More;
            }

            // "#" alone is what some loggers call their first column.
            if (runs || last || window.Buffer[position + 1] != separator)
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
            int next = position < window.End && window.Buffer[position] == '"' ? Quoted(position) : Plain(position);
            if (next == More)
            {
                return Outcome.More;
            }

            if (Fault != RecordFault.None)
            {
                Give(Fault);
                return Outcome.Record;
            }

            next = runs ? SkipBlanks(next) : next;
            if (EndsLine(next))
            {
                return End(next, Outcome.Record);
            }

            position = SkipBlanks(runs ? next : next + 1);
        }
    }

    /// <summary>Takes the field without quotes that begins here; gives where its separator stands.</summary>
    private int Plain(int position)
    {
        char[] buffer = window.Buffer;
        int length = buffer.AsSpan(position, window.End - position).IndexOfAny(stops);
        if (length < 0)
        {
            if (!window.HasEnded)
            {
                return More;
            }

            length = window.End - position;
        }

        int stop = position + length;
        if (stop < window.End && buffer[stop] == '"')
        {
            Fault = RecordFault.QuoteInside;
            return stop;
        }

        int last = stop;
        while (last > position && IsBlank(buffer[last - 1]))
        {
            last--;
        }

        fields.Add(position, last - position);
        return stop;
    }

    /// <summary>Takes the field in quotes that begins here; gives where its separator stands.</summary>
    private int Quoted(int position)
    {
        char[] buffer = window.Buffer;
        bool holdsQuote = false;
        int search = position + 1;
        while (true)
        {
            int length = buffer.AsSpan(search, window.End - search).IndexOf('"');
            int close = length < 0 ? window.End : search + length;
            if (close - position > MostQuoted || (length < 0 && window.HasEnded))
            {
                Fault = RecordFault.QuoteOpen;
                return position;
            }

            if (length < 0 || (close + 1 == window.End && !window.HasEnded))
            {
                return More;
            }

            if (close + 1 == window.End || buffer[close + 1] != '"')
            {
                return Close(position, close, holdsQuote);
            }

            holdsQuote = true;
            search = close + 2;
        }
    }

    private int Close(int position, int close, bool holdsQuote)
    {
        int next = SkipBlanks(close + 1);
        if (next == window.End && !window.HasEnded)
        {
            return More;
        }

        if (!EndsLine(next) && (runs ? next == close + 1 : window.Buffer[next] != separator))
        {
            Fault = RecordFault.QuoteInside;
            return next;
        }

        ReadOnlySpan<char> text = window.Buffer.AsSpan(position + 1, close - position - 1);
        linesInside += Math.Max(text.Count('\n'), text.Count('\r'));
        fields.Add(position + 1, text.Length, holdsQuote);
        return next;
    }

    /// <summary>Gives a record that cannot be read, and goes on at the line after its first.</summary>
    private bool Give(RecordFault fault)
    {
        Fault = fault;
        window.SkipLine();
        return true;
    }

    /// <summary>Ends the line here, if it is known that it ends.</summary>
    private Outcome End(int position, Outcome outcome)
    {
        if (position == window.End && !window.HasEnded)
        {
            return Outcome.More;
        }

        fields.Unescape(window.Buffer);
        window.EndLine(position, 1 + linesInside);
        return outcome;
    }

    private int SkipBlanks(int position)
    {
        while (position < window.End && IsBlank(window.Buffer[position]))
        {
            position++;
        }

        return position;
    }

    private bool EndsLine(int position) => position == window.End || window.Buffer[position] is '\n' or '\r';

    private bool IsBlank(char c) => c == ' ' || (c == '\t' && separator != '\t');
}
