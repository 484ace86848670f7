using System.Text;

namespace Tiny.Training.Data.Text;

/// <summary>
/// The characters of a data file. Its beginning is looked at before anything is read, to find
/// out how it is written, and then read like the rest.
/// </summary>
internal sealed class TextSource : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int UsualBeginning = 1 << 17; // characters
    private const int MostBeginning = 1 << 22;
    private const int LinesToSee = 20;

    private readonly DataFile file;
    private readonly Decoder decoder;
    private readonly TextEncoding encoding;
    private readonly byte[] bytes = new byte[BufferBytes];
    private int held;            // bytes read and not decoded
    private long decoded;        // bytes decoded before those
    private long lines;          // line ends among the characters decoded
    private bool ended;          // no more bytes
    private char[] beginning = new char[UsualBeginning];
    private int looked;          // characters of the beginning
    private int given;           // of them, those that were read

    /// <summary>Opens a file's text and looks at its beginning.</summary>
    /// <param name="file">The file, which goes when this does.</param>
    /// <param name="encodingName">Its encoding; null to find out.</param>
    /// <exception cref="DataException">It is no text of this encoding, or cannot be read.</exception>
    internal TextSource(DataFile file, string? encodingName)
    {
        this.file = file;
        FillBytes(untilFull: !file.IsLive);
        while (file.IsLive && !ended && held < 4 && !bytes.AsSpan(0, held).Contains((byte)'\n'))
        {
            FillBytes(untilFull: false); // as many as a mark may have
        }

        if (ForeignFormat.Describe(bytes.AsSpan(0, held)) is string foreign)
        {
            throw new DataException($"{Path}: {foreign}");
        }

        encoding = TextEncoding.Find(bytes.AsSpan(0, held), encodingName, Path);
        decoder = encoding.Encoding.GetDecoder();
        Consume(encoding.MarkBytes);
        Look();
    }

    /// <summary>The file, as messages call it.</summary>
    internal string Path => file.Path;

    /// <summary>Whether the rows come one by one as somebody sends them.</summary>
    internal bool IsLive => file.IsLive;

    /// <summary>What the encoding is called.</summary>
    internal string Encoding => encoding.Name;

    /// <summary>The first characters: whole lines, or the whole text.</summary>
    internal ReadOnlyMemory<char> Beginning
    {
        get
        {
            int end = ended && held == 0 ? looked : beginning.AsSpan(0, looked).LastIndexOfAny('\n', '\r') + 1;
            return beginning.AsMemory(0, end > 0 ? end : looked);
        }
    }

    /// <summary>Reads characters, from the file's first on. Waits for some, not for all.</summary>
    /// <returns>How many; 0 at the end.</returns>
    /// <exception cref="DataException">It cannot be read, or the bytes are no text of this encoding.</exception>
    internal int Read(Span<char> characters)
    {
        if (given < looked)
        {
            int count = Math.Min(characters.Length, looked - given);
            beginning.AsSpan(given, count).CopyTo(characters);
            given += count;
            if (given == looked)
            {
                beginning = []; // a file's worth of rows is to come; it need not be carried along
                looked = given = 0;
            }

            return count;
        }

        return Decode(characters);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <summary>Reads ahead until there is enough to judge by: of what is sent row by row, until the first row of values.</summary>
    private void Look()
    {
        while (looked < MostBeginning && !IsEnough())
        {
            if (looked == beginning.Length)
            {
                Array.Resize(ref beginning, 2 * looked);
            }

            int count = Decode(beginning.AsSpan(looked));
            if (count == 0)
            {
                return;
            }

            looked += count;
        }
    }

    private bool IsEnough()
    {
        ReadOnlySpan<char> text = beginning.AsSpan(0, looked);
        if (file.IsLive)
        {
            return HoldsRow(text);
        }

        return looked >= UsualBeginning && Math.Max(text.Count('\n'), text.Count('\r')) >= LinesToSee;
    }

    /// <summary>Whether there is a whole line in which a field begins as a number does.</summary>
    private static bool HoldsRow(ReadOnlySpan<char> text)
    {
        int end = text.LastIndexOfAny('\n', '\r');
        for (int i = 0; i < end; i++)
        {
            bool begins = i == 0 || text[i - 1] is ',' or ';' or '\t' or '|' or ' ' or '"' or '\n' or '\r' or '-' or '.';
            if (begins && char.IsAsciiDigit(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private int Decode(Span<char> characters)
    {
        while (true)
        {
            if (held == 0 && !ended)
            {
                FillBytes(untilFull: false);
            }

            int used = 0;
            int count = 0;
            try
            {
                decoder.Convert(bytes.AsSpan(0, held), characters, flush: ended, out used, out count, out _);
            }
            catch (DecoderFallbackException error)
            {
                throw NotOfEncoding(error);
            }

            Consume(used);
            ReadOnlySpan<char> got = characters[..count];
            lines += Math.Max(got.Count('\n'), got.Count('\r'));
            if (count > 0 || (ended && held == 0))
            {
                return count;
            }
        }
    }

    private void Consume(int count)
    {
        bytes.AsSpan(count, held - count).CopyTo(bytes);
        held -= count;
        decoded += count;
    }

    private void FillBytes(bool untilFull)
    {
        try
        {
            while (held < bytes.Length)
            {
                int count = file.Stream.Read(bytes, held, bytes.Length - held);
                held += count;
                ended = count == 0;
                if (ended || !untilFull)
                {
                    return;
                }
            }
        }
        catch (InvalidDataException error)
        {
            throw DataFile.Damaged(Path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{Path}: reading failed: {error.Message}", error);
        }
    }

    private DataException NotOfEncoding(DecoderFallbackException error)
    {
        int index = Math.Max(0, error.Index);
        int wide = encoding.Encoding.CodePage is 1200 or 1201 ? 2 : encoding.Encoding.CodePage == 12000 ? 4 : 1;
        ReadOnlySpan<byte> before = bytes.AsSpan(0, Math.Min(index, held));
        long line = 1 + lines + Math.Max(before.Count((byte)'\n'), before.Count((byte)'\r'));
        string found = string.Join(' ', (error.BytesUnknown ?? []).Select(value => $"0x{value:X2}"));
        string advice = wide == 1
            ? "Save it as UTF-8, or name its encoding, such as --encoding latin1 or --encoding windows-1252."
            : "Is it cut short? Save it as UTF-8, or name its encoding with --encoding.";
        return new DataException(
            $"{Path}, line {line}: byte {decoded + index} of the file ({found}) is no {encoding.Name}. {advice}", error);
    }
}
