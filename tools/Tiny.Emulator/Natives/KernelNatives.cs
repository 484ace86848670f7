using System.Reflection;
using Tiny.Emulator.Costs;
using Tiny.Emulator.Execution;
using Tiny.Native;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>
/// The kernels in C of Tiny.Native: their bits come of the desk's C# beside them, which the
/// tests hold to the C, and their cost is what the C was counted to take.
/// </summary>
internal static class KernelNatives
{
    private const int CostOfArgument = 40; // assumed: handing an array or a number over, besides the call

    internal static void AddTo(Dictionary<string, Native> table)
    {
        foreach (Type type in new[] { typeof(FloatKernels), typeof(Int8Kernels), typeof(SignalKernels), typeof(SparseKernels),
            typeof(WindowKernels) })
        {
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            {
                ParameterInfo[] parameters = method.GetParameters();
                string key = $"{type.FullName}.{method.Name}("
                    + $"{string.Join(',', parameters.Select(parameter => parameter.ParameterType.FullName))})";
                table[key] = (machine, stack, frame, _) => Call(machine, stack, frame, method, parameters);
            }
        }
    }

    private static void Call(Machine machine, Slot[] stack, int frame, MethodInfo method, ParameterInfo[] parameters)
    {
        object?[] arguments = [.. parameters.Select((parameter, i) => Argument(stack[frame + i], parameter.ParameterType))];
        machine.Interpreter.Tenths += 10
            * (KernelCosts.For(machine.Board.Costs).Of(method.Name, parameters, arguments) + CostOfArgument * arguments.Length);
        object? result = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (result is float number)
        {
            Result(stack, frame, number);
        }
        else if (result is int whole)
        {
            Result(stack, frame, whole);
        }
    }

    private static object? Argument(Slot slot, Type type) => type == typeof(float)
        ? slot.R4 : type == typeof(int) ? slot.I4 : slot.Ref ?? throw new NullReferenceException();
}
