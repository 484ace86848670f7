namespace Tiny.Core.Layers
{
    /// <summary>The layer kinds that a program knows: dense float32 layers, and what it registers.</summary>
    /// <remarks>A program carries the kinds it registers and no others, so a board's flash holds only what its models need.</remarks>
    public static class LayerKinds
    {
        private static LayerKind[] kinds = { new Dense() };

        /// <summary>Makes a kind known; in the place of another of the same code, such as one with larger and faster kernels. For networks made from now on.</summary>
        public static void Register(LayerKind kind)
        {
            Guard.NotNull(kind, "kind");
            int at = IndexOf(kind.Code);
            if (at == kinds.Length)
            {
                LayerKind[] more = new LayerKind[at + 1];
                kinds.CopyTo(more, 0);
                kinds = more;
            }

            kinds[at] = kind;
        }

        /// <summary>The kind with a code; null if none is registered.</summary>
        public static LayerKind Find(int code)
        {
            int at = IndexOf(code);
            return at == kinds.Length ? null : kinds[at];
        }

        private static int IndexOf(int code)
        {
            int at = 0;
            while (at < kinds.Length && kinds[at].Code != code)
            {
                at++;
            }

            return at;
        }
    }
}
