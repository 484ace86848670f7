using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>
/// How a product is cut into parts for a team: each worker gets the same blocks of columns every time, so that its weights stay in its
/// core's cache, and where the blocks do not come out even some rows of one more. Of a narrow last block everybody gets as many rows. Who
/// takes the parts one by one, from the first worker's on, meets the rows of a block in ascending order. The cuts change no bit: every
/// element is summed in one order wherever it is computed.
/// </summary>
internal sealed class Partition
{
    /// <summary>
    /// Multiply-adds below which a product stays on one thread: about 16 microseconds of one
    /// core, too little for handing over to gain anything.
    /// </summary>
    internal const long WorthSharing = 1 << 21;

    /// <summary>
    /// Multiply-adds that take as long as a float loaded or stored beyond the first cache: tiles do 32 in a cycle, and a cycle brings
    /// two floats of the last cache.
    /// </summary>
    internal const long MultiplyAddsOfMove = 16;

    private readonly int rowUnit;
    private readonly int columns;
    private readonly int shared; // blocks that are shared out evenly
    private readonly int[] begins; // of each worker's parts, and their end
    private readonly Part[] parts;
    private readonly Comparison<Part> byTurn;
    private int rows;
    private int summands;

    /// <summary>Cuts for products of this many columns, along rows at multiples of <paramref name="rowUnit"/>.</summary>
    internal Partition(int rowUnit, int columns, int workers)
    {
        this.rowUnit = rowUnit;
        this.columns = columns;
        int blocks = Blocks.Count(columns);
        shared = Blocks.EndNarrow(columns) ? Math.Max(1, blocks - 1) : blocks;
        begins = new int[workers + 1];
        byTurn = (one, other) => Turn(one).CompareTo(Turn(other));
        parts = new Part[blocks + 3 * workers];
    }

    /// <summary>How many workers the largest product of a network keeps busy for at least half of that.</summary>
    internal static int UsefulWorkers(long multiplyAdds) =>
        multiplyAdds < WorthSharing ? 1 : (int)Math.Min(multiplyAdds / (WorthSharing / 2), int.MaxValue);

    /// <summary>Where a worker's parts begin; for the number of workers, where the last one's end.</summary>
    internal int Begin(int worker) => begins[worker];

    /// <summary>Whether each worker's share is at least a block, so that no three share one but the narrow, and shares are even.</summary>
    internal bool IsByBlocks { get; private set; }

    /// <summary>A part.</summary>
    internal Part this[int part] => parts[part];

    /// <summary>Cuts a product of so many rows and summands.</summary>
    internal void Cut(int productRows, int productSummands)
    {
        if (rows == productRows && summands == productSummands)
        {
            return;
        }

        rows = productRows;
        summands = productSummands;
        int workers = begins.Length - 1;
        if (workers == 1 || (long)rows * shared * Blocks.Width * summands < WorthSharing)
        {
            parts[0] = new Part(0, rows, 0, columns);
            Array.Fill(begins, 1);
            begins[0] = 0;
            IsByBlocks = true;
            return;
        }

        int units = (rows - 1) / rowUnit + 1;
        IsByBlocks = shared >= workers && units >= workers;
        int count = 0;
        for (int worker = 0; worker < workers; worker++)
        {
            begins[worker] = count;
            int from = (int)((long)shared * units * worker / workers);
            int end = (int)((long)shared * units * (worker + 1) / workers);
            while (from < end)
            {
                parts[count] = NextPart(from, end, units, out int taken);
                count++;
                from += taken;
            }

            if (shared < Blocks.Count(columns))
            {
                int first = units * worker / workers * rowUnit;
                int behind = Math.Min(rows, units * (worker + 1) / workers * rowUnit);
                if (behind > first)
                {
                    parts[count] = new Part(first, behind - first, shared, Columns(shared, 1));
                    count++;
                }
            }

            parts.AsSpan(begins[worker], count - begins[worker]).Sort(byTurn);
        }

        begins[workers] = count;
    }

    /// <summary>A block's beginning comes first, what goes on from another's beginning last: by then that is done.</summary>
    private int Turn(Part part) => part.Row > 0 ? 2 : part.Rows < rows ? 0 : 1;

    /// <summary>Whole blocks as the tiles like them; or what a share has of a block.</summary>
    private Part NextPart(int from, int end, int units, out int taken)
    {
        int block = from / units;
        int unit = from % units;
        int whole = unit == 0 ? (end - from) / units : 0;
        if (whole > 0)
        {
            int group = Blocks.Group(Columns(block, whole));
            taken = group * units;
            return new Part(0, rows, block, Columns(block, group));
        }

        taken = Math.Min(end - from, units - unit);
        int row = unit * rowUnit;
        return new Part(row, (int)Math.Min(rows, (long)(unit + taken) * rowUnit) - row, block, Columns(block, 1));
    }

    /// <summary>Columns of some blocks.</summary>
    private int Columns(int block, int blocks) => Math.Min(blocks * Blocks.Width, columns - block * Blocks.Width);

    /// <summary>Some rows of some columns, from a block on.</summary>
    internal readonly record struct Part(int Row, int Rows, int Block, int Columns);
}
