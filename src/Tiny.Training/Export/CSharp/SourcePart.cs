namespace Tiny.Training.Export.CSharp;

/// <summary>The source of some layers: fields and methods of the class, and the statements that run them.</summary>
/// <seealso cref="CSharpExporter"/>
public abstract class SourcePart
{
    /// <summary>Classes of the core that the source uses: Exponential, SigmoidTable.</summary>
    public virtual IEnumerable<string> Support => [];

    /// <summary>Whether what the layers give is finite whatever comes, so that nobody need look.</summary>
    public virtual bool IsAlwaysFinite => false;

    /// <summary>Writes fields.</summary>
    public virtual void Fields(CSharpText text)
    {
    }

    /// <summary>Writes statements that read an array and leave what the layers give in another.</summary>
    /// <param name="text">Receives them.</param>
    /// <param name="x">The array that the layers read.</param>
    /// <param name="z">The array for what they give; of just that length, or longer where it is the user's.</param>
    public abstract void Call(CSharpText text, string x, string z);

    /// <summary>Whether the sample may come as levels: bytes from 0 to 255.</summary>
    public virtual bool TakesLevels => false;

    /// <summary>Writes the same statements as <see cref="Call"/> for a sample of levels.</summary>
    /// <param name="text">Receives them.</param>
    /// <param name="levels">The array of bytes.</param>
    /// <param name="z">The array for what the layers give.</param>
    public virtual void CallLevels(CSharpText text, string levels, string z)
    {
    }

    /// <summary>Writes methods, each behind an empty line.</summary>
    public virtual void Methods(CSharpText text)
    {
    }
}
