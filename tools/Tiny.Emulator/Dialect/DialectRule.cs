namespace Tiny.Emulator.Dialect;

/// <summary>What nanoFramework's dialect does not allow.</summary>
public enum DialectRule
{
    /// <summary>An assembly the device does not have.</summary>
    ForeignReference,

    /// <summary>A generic type or method, defined or used, Func and Action of something included: dies at load.</summary>
    Generic,

    /// <summary>An array of more than one dimension: dies at load.</summary>
    MultidimensionalArray,

    /// <summary>A pointer, a fixed statement or stackalloc: rejected by the metadata processor.</summary>
    Pointer,

    /// <summary>An opcode the interpreter does not have.</summary>
    UnsupportedOpcode,

    /// <summary>A branch further than 16 bits reach: silently wrong code.</summary>
    FarBranch,

    /// <summary>More than 255 locals, arguments or switch cases: dies at run time.</summary>
    TooManyInMethod,

    /// <summary>More than 255 methods or fields of one kind in a type.</summary>
    TooManyInType,

    /// <summary>More than 65,535 bytes of IL in the assembly.</summary>
    TooMuchCode,

    /// <summary>More than 64 KB of array initializers and signatures: silently wrong.</summary>
    TooMuchData,

    /// <summary>A type or member that the device's assemblies lack, or that is not on the device.</summary>
    MissingMember,

    /// <summary>Attribute types that C# 11 and later inject: they shift the tables of native methods.</summary>
    CompilerTooNew,

    /// <summary>checked arithmetic, which never throws on the device.</summary>
    CheckedArithmetic,
}
