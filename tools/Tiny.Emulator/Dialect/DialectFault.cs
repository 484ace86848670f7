namespace Tiny.Emulator.Dialect;

/// <summary>Something in an assembly that the device rejects, dies of, or silently gets wrong.</summary>
/// <param name="Rule">The rule broken.</param>
/// <param name="Where">The method or type, or the assembly.</param>
/// <param name="Reason">What was found, and what the limit is.</param>
public sealed record DialectFault(DialectRule Rule, string Where, string Reason)
{
    /// <summary>Whether it only behaves otherwise than on the desktop; all else keeps the program from running.</summary>
    public bool IsWarning => Rule == DialectRule.CheckedArithmetic;

    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Reason}";
}
