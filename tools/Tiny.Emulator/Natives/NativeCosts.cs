using Mono.Cecil;
using Tiny.Emulator.Costs;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Natives;

/// <summary>
/// What the firmware's methods take beyond the call, where it was measured: for each call, and for each character, element or text.
/// </summary>
internal static class NativeCosts
{
    internal static Native For(MethodDefinition method, Native native, CostTable table)
    {
        string name = $"{method.DeclaringType.FullName}.{method.Name}";
        string whole = $"{name}({string.Join(' ', method.Parameters.Select(parameter => parameter.ParameterType.Name))})";
        string key = table.HasMethod(whole) ? whole : name;
        int call = OpcodeCosts.Tenths(table.Method(key, "call"));
        int each = OpcodeCosts.Tenths(table.Method(key, "each"));
        if (each == 0)
        {
            return call == 0 ? native : (machine, stack, frame, sp) =>
            {
                machine.Interpreter.Tenths += call;
                native(machine, stack, frame, sp);
            };
        }

        return (machine, stack, frame, sp) =>
        {
            int length = stack[frame].Ref is string text ? text.Length : 0;
            int parts = method.Name switch
            {
                "Concat" => stack[frame].Ref is string[] texts
                    ? texts.Length : stack[frame].Ref is DeviceArray array ? array.Items.Length : sp - frame,
                "Substring" => sp - frame > 2 ? stack[frame + 1].I4 + stack[frame + 2].I4 : length - stack[frame + 1].I4,
                "op_Equality" or "Compare" => Alike(stack[frame].Ref as string, stack[frame + 1].Ref as string),
                "ToBase64String" => stack[frame + 2].I4,
                _ => length,
            };
            int first = method.Name == "IndexOf" && stack[frame + 1].Ref is not string ? 1 : 0;
            native(machine, stack, frame, sp);
            if (method.Name == "IndexOf" && stack[frame].I4 >= 0)
            {
                parts = stack[frame].I4 + first; // a text that is found is compared as a whole, which its call says
            }

            machine.Interpreter.Tenths += call + each * Math.Max(0, parts);
        };
    }

    /// <summary>How many characters two texts begin with alike: the next decides.</summary>
    private static int Alike(string? left, string? right) => left.AsSpan().CommonPrefixLength(right);
}
