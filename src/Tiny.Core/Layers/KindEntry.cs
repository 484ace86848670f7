namespace Tiny.Core.Layers
{
    /// <summary>
    /// What a program registers for a kind of layer, and finds by the kind's code: how it is read
    /// and run, how it learns, how it begins, how it is read back.
    /// </summary>
    /// <remarks>A program carries the kinds it registers and no others, so a board's flash holds only what its models need.</remarks>
    /// <seealso cref="LayerKinds"/>
    public abstract class KindEntry
    {
        /// <summary>The code of the kind.</summary>
        public abstract int Code { get; }

        /// <summary>The entry of a code; null if there is none.</summary>
        /// <param name="entries">(entries), none of them null.</param>
        /// <param name="code">The code of the kind.</param>
        /// <returns>The entry, or null.</returns>
        public static KindEntry Find(KindEntry[] entries, int code)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                if (entries[i].Code == code)
                {
                    return entries[i];
                }
            }

            return null;
        }

        /// <summary>The entries with one more, or with it in the place of the one of the same code.</summary>
        /// <param name="entries">(entries), none of them null. Stays as it is.</param>
        /// <param name="kind">The entry to add.</param>
        /// <returns>(entries + 1), or (entries) where the code was there. A new array.</returns>
        /// <exception cref="System.ArgumentNullException">There is no kind.</exception>
        public static KindEntry[] With(KindEntry[] entries, KindEntry kind)
        {
            Guard.NotNull(kind, "kind");
            int at = 0;
            while (at < entries.Length && entries[at].Code != kind.Code)
            {
                at++;
            }

            KindEntry[] more = new KindEntry[at < entries.Length ? entries.Length : at + 1];
            entries.CopyTo(more, 0);
            more[at] = kind;
            return more;
        }
    }
}
