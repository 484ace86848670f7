using Tiny.Cli.Output;
using Tiny.Emulator.Boards;

namespace Tiny.Cli.Options;

/// <summary>Names of boards as users give them.</summary>
internal static class BoardNames
{
    /// <summary>The profile's name; where another name stands for it, a word says which is meant.</summary>
    internal static string Resolve(string given)
    {
        string name = BoardProfile.NameFor(given);
        if (name != given && BoardProfile.Names.Contains(name))
        {
            Words.Say($"{given} is {name}: {BoardProfile.Load(name).Description}.");
        }

        return name;
    }
}
