using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Math: computed in single precision, as stock firmware does; what a board's library lacks throws.</summary>
internal static class MathNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        Library(table, "Acos", MathF.Acos);
        Library(table, "Asin", MathF.Asin);
        Library(table, "Atan", MathF.Atan);
        Library(table, "Cbrt", MathF.Cbrt);
        Library(table, "Ceiling", MathF.Ceiling);
        Library(table, "Cos", NewlibTrigonometry.Cos);
        Library(table, "Cosh", MathF.Cosh);
        Library(table, "Exp", MathF.Exp);
        Library(table, "Floor", MathF.Floor);
        Library(table, "Log", MathF.Log);
        Library(table, "Log10", MathF.Log10);
        Library(table, "Round", MathF.Round);
        Library(table, "Sin", NewlibTrigonometry.Sin);
        Library(table, "Sinh", MathF.Sinh);
        Library(table, "Sqrt", MathF.Sqrt);
        Library(table, "Tan", MathF.Tan);
        Library(table, "Tanh", MathF.Tanh);
        Library(table, "Truncate", MathF.Truncate);
        Library2(table, "Atan2", MathF.Atan2);
        Library2(table, "Pow", MathF.Pow);
        Library2(table, "IEEERemainder", MathF.IEEERemainder);
        table["System.Math.Abs(System.Double)"] = (_, s, f, _) => Result(s, f, Math.Abs(s[f].R8));
        table["System.Math.Abs(System.Single)"] = (_, s, f, _) => Result(s, f, Math.Abs(s[f].R4));
        table["System.Math.Abs(System.Int32)"] = (_, s, f, _) => Result(s, f, s[f].I4 < 0 ? -s[f].I4 : s[f].I4);
        table["System.Math.Max(System.Double,System.Double)"] = (_, s, f, _) => Result(s, f, Math.Max(s[f].R8, s[f + 1].R8));
        table["System.Math.Max(System.Single,System.Single)"] = (_, s, f, _) => Result(s, f, Math.Max(s[f].R4, s[f + 1].R4));
        table["System.Math.Max(System.Int32,System.Int32)"] = (_, s, f, _) => Result(s, f, Math.Max(s[f].I4, s[f + 1].I4));
        table["System.Math.Min(System.Double,System.Double)"] = (_, s, f, _) => Result(s, f, Math.Min(s[f].R8, s[f + 1].R8));
        table["System.Math.Min(System.Single,System.Single)"] = (_, s, f, _) => Result(s, f, Math.Min(s[f].R4, s[f + 1].R4));
        table["System.Math.Min(System.Int32,System.Int32)"] = (_, s, f, _) => Result(s, f, Math.Min(s[f].I4, s[f + 1].I4));
        table["System.Math.Sign(System.Single)"] = (_, s, f, _) => Result(s, f, Math.Sign(s[f].R4));
        table["System.Math.Sign(System.Double)"] = (_, s, f, _) => Result(s, f, Math.Sign(s[f].R8));
    }

    private static void Library(Dictionary<string, Native> table, string name, Func<float, float> function) =>
        table[$"System.Math.{name}(System.Double)"] = (m, s, f, _) =>
        {
            Require(m, name);
            Result(s, f, (double)function((float)s[f].R8));
        };

    private static void Library2(Dictionary<string, Native> table, string name, Func<float, float, float> function) =>
        table[$"System.Math.{name}(System.Double,System.Double)"] = (m, s, f, _) =>
        {
            Require(m, name);
            Result(s, f, (double)function((float)s[f].R8, (float)s[f + 1].R8));
        };

    private static void Require(Machine machine, string name)
    {
        if (!machine.Board.MathLibrary)
        {
            throw new NotImplementedException($"Math.{name} is not in the firmware of {machine.Board.Name}.");
        }

        machine.Interpreter.Tenths += machine.Costs.Library(name);
    }
}
