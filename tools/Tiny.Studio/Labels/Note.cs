namespace Tiny.Studio.Labels;

/// <summary>What a person says of a recording.</summary>
/// <param name="Wearer">Who wore the sensor; "" for unknown.</param>
/// <param name="Text">Anything else.</param>
internal sealed record Note(string Wearer, string Text)
{
    internal static readonly Note None = new("", "");
}
