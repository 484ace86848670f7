namespace Tiny.Cli.Output;

/// <summary>While it is there, nothing is said: for work that is one of many.</summary>
internal sealed class QuietWords : IDisposable
{
    private readonly bool before = Words.Quiet;

    internal QuietWords()
    {
        Words.Quiet = true;
    }

    public void Dispose() => Words.Quiet = before;
}
