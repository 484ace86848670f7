using Mono.Cecil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator;

// Calls from the host into the program.
public sealed partial class Machine
{
    /// <summary>Runs all static constructors, as the device does before Main.</summary>
    /// <exception cref="DeviceProgramException">One of them threw.</exception>
    public void Start() => Guarded(RunStaticConstructors);

    /// <summary>Calls a method of the program from the host. Numbers, strings and arrays of numbers pass as the desktop's own.</summary>
    /// <exception cref="DeviceProgramException">The program threw.</exception>
    /// <exception cref="EmulatorException">There is no such method, or it uses what cannot be emulated.</exception>
    public object? Invoke(string type, string method, params object?[] arguments)
    {
        MethodDefinition[] found =
        [
            .. Program.Own.Select(assembly => assembly.MainModule.GetType(type)).OfType<TypeDefinition>()
                .SelectMany(definition => definition.Methods)
                .Where(m => m.Name == method && m.Parameters.Count + (m.HasThis && !m.IsConstructor ? 1 : 0) == arguments.Length
                && Fit(m, arguments)),
        ];
        if (found.Length != 1)
        {
            throw new EmulatorException(
                $"{type}.{method} with {arguments.Length} arguments: found {found.Length} such methods, expected one.");
        }

        return Invoke(found[0], arguments);
    }

    /// <summary>Calls a method; a constructor makes an object and returns it.</summary>
    public object? Invoke(MethodDefinition method, params object?[] arguments)
    {
        return Guarded(() =>
        {
            RunStaticConstructors();
            object? made = method.IsConstructor ? Heap.NewObject(method.DeclaringType) : null;
            Slot result = Run(method, made is null ? arguments : [made, .. arguments]);
            return made ?? Marshal.ToHost(result, method.ReturnType);
        });
    }

    /// <summary>Bytes of heap that the runtime takes for itself; 0 where the host calls methods one by one.</summary>
    public long RuntimeBytes => Heap.Reserved;

    /// <summary>
    /// Runs a program in what the runtime leaves of the heap: Main, then the threads that it
    /// leaves behind, until none is left or all that is left waits for ever.
    /// </summary>
    /// <exception cref="DeviceProgramException">Main threw.</exception>
    /// <exception cref="EmulatorException">Threads wait for each other, or the program uses what cannot be emulated.</exception>
    public void RunProgram(MethodDefinition main) => Guarded(() =>
    {
        Heap.Reserved = Math.Min(Deployment.DeployedProgram.Of(Program).RuntimeBytes, Board.HeapBytes);
        RunStaticConstructors();
        Run(main, [.. main.Parameters.Select(_ => (object?)null)]);
        Scheduler.RunOthers();
    });

    /// <summary>Calls a method within the thread that runs, or within Main's if none does.</summary>
    internal Slot Run(MethodDefinition method, params object?[] arguments)
    {
        DeviceThread thread = Interpreter.Current ?? Scheduler.Main;
        int floor = thread.Depth;
        Slot[] slots = floor == 0 ? thread.NewSegment() : thread.Top.Slots;
        int first = floor == 0 ? 0 : Math.Max(thread.Top.Sp, thread.Top.EvaluationStart + thread.Top.Method!.MaxStack + Interpreter.Spare);
        if (first + arguments.Length + 1 > slots.Length)
        {
            slots = thread.NewSegment();
            first = 0;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            slots[first + i] = arguments[i] is Slot slot ? slot : Marshal.ToSlot(arguments[i]);
        }

        DeviceMethod decoded = Decoded(method);
        Interpreter.Push(thread, decoded, slots, first, within: false);
        Scheduler.RunUntil(thread, floor);
        return slots[first];
    }

    private void Guarded(Action action) => Guarded<object?>(() =>
    {
        action();
        return null;
    });

    /// <summary>What the program throws and does not catch reaches the host in words.</summary>
    private T Guarded<T>(Func<T> action)
    {
        Interpreter.Current = null;
        try
        {
            return action();
        }
        catch (ProgramEnd)
        {
            Scheduler.Reset();
            return default!;
        }
        catch (DeviceProgramException)
        {
            Scheduler.Reset();
            throw;
        }
        catch (Exception error) when (IsDevices(error))
        {
            Scheduler.Reset();
            DeviceObject thrown = ToDevice(error);
            throw new DeviceProgramException(thrown.Type.FullName, MessageOf(thrown));
        }
        catch (Exception)
        {
            Scheduler.Reset();
            throw;
        }
        finally
        {
            Interpreter.Current = null;
        }
    }

    private void RunStaticConstructors()
    {
        if (started)
        {
            return;
        }

        started = true;

        // Assembly by assembly, what they refer to first; within one in the order of the types'
        // names, as the metadata processor sorts them.
        foreach (AssemblyDefinition assembly in Program.Executed.Reverse())
        {
            foreach (TypeDefinition type in assembly.MainModule.GetTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                MethodDefinition? constructor = type.Methods.FirstOrDefault(method => method.IsConstructor && method.IsStatic);
                if (constructor is not null)
                {
                    Run(constructor);
                }
            }
        }
    }

    private static bool Fit(MethodDefinition method, object?[] arguments)
    {
        int skip = method.HasThis && !method.IsConstructor ? 1 : 0;
        return method.Parameters.Select((parameter, i) => Marshal.Fits(arguments[i + skip], parameter.ParameterType)).All(fits => fits);
    }
}
