using Tiny.Int8;

namespace Tiny.Convolution.Int8.Wide
{
    /// <summary>The largest of two by two sums, three lanes at a time.</summary>
    internal static class Squares
    {
        /// <summary>As <see cref="FilterLayer.TakeLargest"/>, for squares of two.</summary>
        internal static void Two(long[] sums, int rows, int columns, int groups, int across)
        {
            long ones = FilterLayer.Ones;
            long guard = ones << 20;
            long half = ones << 19;
            long all = Int8Layer.LaneLimit - 1;
            int below = across * groups;
            int beyond = below + groups;
            int skip = 2 * below - 2 * columns * groups;
            int from = 0;
            int to = 0;
            do
            {
                int column = columns;
                do
                {
                    int end = to + groups;
                    do
                    {
                        long a = sums[from];
                        long b = sums[from + groups];
                        long d = (a | guard) - b;
                        a = b + (d & ((((d & guard) >> 20) & ones) * all));
                        b = sums[from + below];
                        d = (a | guard) - b;
                        a = b + (d & ((((d & guard) >> 20) & ones) * all));
                        b = sums[from + beyond];
                        d = (a | guard) - b;
                        sums[to] = b + (d & ((((d & guard) >> 20) & ones) * all)) + half;
                        to++;
                        from++;
                    }
                    while (to != end);
                    from += groups;
                    column--;
                }
                while (column != 0);
                from += skip;
                rows--;
            }
            while (rows != 0);
        }
    }
}
