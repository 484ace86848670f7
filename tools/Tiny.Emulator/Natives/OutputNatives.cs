namespace Tiny.Emulator.Natives;

/// <summary>What a program prints goes to the emulator's output.</summary>
internal static class OutputNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        foreach (string type in new[] { "System.Console", "System.Diagnostics.Debug", "nanoFramework.TestFramework.OutputHelper" })
        {
            table[$"{type}.Write(System.String)"] = (m, s, f, _) => m.Output.Write((string?)s[f].Ref);
            table[$"{type}.WriteLine(System.String)"] = (m, s, f, _) => m.Output.WriteLine((string?)s[f].Ref);
            table[$"{type}.WriteLine()"] = (m, _, _, _) => m.Output.WriteLine();
        }
    }
}
