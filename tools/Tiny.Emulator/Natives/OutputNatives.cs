namespace Tiny.Emulator.Natives;

/// <summary>What a program prints goes to the emulator's output.</summary>
internal static class OutputNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        table["System.Diagnostics.Debug.WriteLineNative(System.String,System.Boolean)"] = (m, s, f, _) =>
        {
            m.Output.Write((string?)s[f].Ref);
            if (s[f + 1].I4 != 0)
            {
                m.Output.WriteLine();
            }
        };
        table["nanoFramework.TestFramework.OutputHelper.Write(System.String)"] = (m, s, f, _) => m.Output.Write((string?)s[f].Ref);
        table["nanoFramework.TestFramework.OutputHelper.WriteLine(System.String)"] = (m, s, f, _) => m.Output.WriteLine((string?)s[f].Ref);
    }
}
