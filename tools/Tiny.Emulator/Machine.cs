using System.Diagnostics;
using Mono.Cecil;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Costs;
using Tiny.Emulator.Execution;
using Tiny.Emulator.Flash;
using Tiny.Emulator.Memory;
using Tiny.Emulator.Natives;
using Tiny.Emulator.Peripherals;

namespace Tiny.Emulator;

/// <summary>A board with a program on it. One machine runs one program, from one thread.</summary>
public sealed class Machine
{
    private readonly Dictionary<MethodDefinition, DeviceMethod> methods = [];
    private readonly Dictionary<MethodReference, Callee> sites = [];
    private readonly Dictionary<FieldDefinition, (Slot[] Slots, int Index)> statics = [];
    private readonly Dictionary<TypeDefinition, Slot[]> staticsOfTypes = [];
    private readonly List<object> hostRoots = [];
    private readonly ModuleDefinition mscorlib;
    private bool started;

    /// <summary>A board with a program, nothing run yet.</summary>
    /// <param name="board">The board.</param>
    /// <param name="program">The program.</param>
    /// <param name="output">Where its Debug and Console output goes.</param>
    public Machine(BoardProfile board, DeviceProgram program, TextWriter output)
    {
        Board = board;
        Program = program;
        Output = output;
        Costs = new OpcodeCosts(CostTable.Load(board.Costs));
        Heap = new DeviceHeap(this);
        Interpreter = new Interpreter(this);
        Calls = new Calls(this);
        mscorlib = program.Assemblies.FirstOrDefault(assembly => assembly.Name.Name == "mscorlib")?.MainModule
            ?? throw new EmulatorException($"{program.Main.Name.Name}: does not refer to nanoFramework's mscorlib. Compile against the device's assemblies.");
    }

    /// <summary>The board.</summary>
    public BoardProfile Board { get; }

    /// <summary>The program.</summary>
    public DeviceProgram Program { get; }

    /// <summary>Where the program's output goes.</summary>
    public TextWriter Output { get; }

    /// <summary>The board's flash, which a program reaches through Tiny.Emulator.Flash.FlashPort; null for none.</summary>
    public EmulatedFlash? Flash { get; set; }

    /// <summary>What hangs on the board.</summary>
    public BoardPeripherals Peripherals { get; init; } = new();

    /// <summary>The board's clock: what the instructions so far take, and what the program slept.</summary>
    public double Milliseconds => 1000 * Board.Seconds(Instructions) + Slept;

    internal long Slept { get; set; }

    /// <summary>Machine instructions so far.</summary>
    public long Instructions => Interpreter.Tenths / 10;

    /// <summary>IL opcodes so far.</summary>
    public long Opcodes => Interpreter.Opcodes;

    /// <summary>Bytes of heap allocated so far.</summary>
    public long Allocated => Heap.Allocated;

    /// <summary>Bytes of heap reachable at the fullest moment.</summary>
    public long HeapPeak => Heap.Peak;

    /// <summary>Bytes of heap reachable now.</summary>
    public long HeapLive => Heap.Live(0, null);

    /// <summary>Where the instructions went since <see cref="ResetProfile"/>: each method with its calls and its own instructions, the dearest first.</summary>
    public IReadOnlyList<(string Method, long Calls, long Instructions)> Profile() =>
    [
        .. methods.Values.Where(method => method.Calls > 0)
            .Select(method => ($"{method.Definition.DeclaringType.Name}.{method.Definition.Name}", method.Calls, method.OwnTenths / 10))
            .OrderByDescending(entry => entry.Item3),
    ];

    /// <summary>Begins a new profile.</summary>
    public void ResetProfile()
    {
        foreach (DeviceMethod method in methods.Values)
        {
            method.Calls = 0;
            method.OwnTenths = 0;
        }
    }

    internal OpcodeCosts Costs { get; }

    internal DeviceHeap Heap { get; }

    internal Interpreter Interpreter { get; }

    internal Calls Calls { get; }

    internal TypeLayouts Layouts { get; } = new();

    internal TypeChecks Types { get; } = new();

    internal IEnumerable<Slot[]> Statics => staticsOfTypes.Values;

    internal IEnumerable<object> HostRoots => hostRoots;

    /// <summary>The largest array reachable now, in bytes of heap.</summary>
    public int LargestArray => Heap.LargestArray(0);

    /// <summary>Measures the heap's fullest moment from here on.</summary>
    public void ResetPeak() => Heap.ResetPeak(0);

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
                .Where(m => m.Name == method && m.Parameters.Count + (m.HasThis && !m.IsConstructor ? 1 : 0) == arguments.Length && Fit(m, arguments)),
        ];
        if (found.Length != 1)
        {
            throw new EmulatorException($"{type}.{method} with {arguments.Length} arguments: found {found.Length} such methods, expected one.");
        }

        return Invoke(found[0], arguments);
    }

    /// <summary>Calls a method; a constructor makes an object and returns it.</summary>
    public object? Invoke(MethodDefinition method, params object?[] arguments)
    {
        return Guarded(() =>
        {
            RunStaticConstructors();
            object? made = method.IsConstructor ? Heap.NewObject(method.DeclaringType, 0) : null;
            object?[] all = made is null ? arguments : [made, .. arguments];
            for (int i = 0; i < all.Length; i++)
            {
                Interpreter.Stack[i] = Marshal.ToSlot(all[i]);
            }

            Interpreter.Run(Decoded(method), 0);
            return made ?? Marshal.ToHost(Interpreter.Stack[0], method.ReturnType);
        });
    }

    /// <summary>Puts something of the host's on the device's heap and keeps it there.</summary>
    /// <exception cref="DeviceProgramException">It is larger than any object of the device's, or than its heap.</exception>
    public object Place(object value)
    {
        hostRoots.Add(Guarded(() => Heap.Adopt(value, 0)));
        return value;
    }

    /// <summary>Keeps an object that the program made from being collected.</summary>
    public void Keep(object value) => hostRoots.Add(value);

    /// <summary>Lets go of what <see cref="Place"/> or <see cref="Keep"/> held.</summary>
    public void Release(object value) => hostRoots.Remove(value);

    private void Guarded(Action action) => Guarded<object?>(() =>
    {
        action();
        return null;
    });

    /// <summary>What the program throws and does not catch reaches the host in words.</summary>
    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (ProgramEnd)
        {
            Interpreter.Unwind();
            return default!;
        }
        catch (PowerCutException)
        {
            Interpreter.Unwind();
            throw;
        }
        catch (Exception error) when (error is not EmulatorException and not UnreachableException)
        {
            Interpreter.Unwind();
            DeviceObject thrown = ToDevice(error);
            throw new DeviceProgramException(thrown.Type.FullName, ExceptionNatives.MessageOf(thrown));
        }
    }

    private void RunStaticConstructors()
    {
        if (started)
        {
            return;
        }

        started = true;
        foreach (TypeDefinition type in Program.Own.SelectMany(assembly => assembly.MainModule.GetTypes()))
        {
            MethodDefinition? constructor = type.Methods.FirstOrDefault(method => method.IsConstructor && method.IsStatic);
            if (constructor is not null)
            {
                Interpreter.Run(Decoded(constructor), 0);
            }
        }
    }

    internal DeviceMethod Decoded(MethodDefinition method)
    {
        if (!methods.TryGetValue(method, out DeviceMethod? decoded))
        {
            methods[method] = decoded = new Decoder(this, method).Decode();
        }

        return decoded;
    }

    internal bool HasBody(MethodDefinition method) => method.HasBody && !DeviceProgram.IsFramework(method.Module.Assembly.Name.Name);

    internal MethodDefinition Resolve(MethodReference method) =>
        method.Resolve() ?? throw new EmulatorException($"The method {method.FullName} is not to be found.");

    internal Callee Site(MethodReference reference, MethodDefinition definition, int arguments, Kind result, TypeReference? constrained)
    {
        if (constrained is not null)
        {
            return new Callee(definition, arguments, result, constrained);
        }

        if (!sites.TryGetValue(reference, out Callee? site))
        {
            sites[reference] = site = new Callee(definition, arguments, result, null);
        }

        return site;
    }

    internal (Slot[] Slots, int Index) StaticSlot(FieldDefinition field)
    {
        if (!statics.TryGetValue(field, out (Slot[] Slots, int Index) place))
        {
            TypeDefinition type = field.DeclaringType;
            FieldDefinition[] fields = [.. type.Fields.Where(f => f.IsStatic)];
            Slot[] slots = new Slot[fields.Length];
            staticsOfTypes[type] = slots;
            for (int i = 0; i < fields.Length; i++)
            {
                statics[fields[i]] = (slots, i);
                slots[i] = Default(fields[i].FieldType);
            }

            FrameworkStatics.Fill(this, type, fields, slots);
            place = statics[field];
        }

        return place;
    }

    internal Slot Default(TypeReference type)
    {
        Slot slot = default;
        if (TypeFacts.KindOf(type) == Kind.Struct)
        {
            slot.Ref = NewStruct(TypeFacts.Resolve(type));
        }

        return slot;
    }

    /// <summary>A type of the program's or of what it refers to.</summary>
    internal TypeDefinition TypeNamed(string name) =>
        Program.Assemblies.Select(assembly => assembly.MainModule.GetType(name)).FirstOrDefault(type => type is not null)
        ?? throw new EmulatorException($"The program refers to no assembly with {name}.");

    internal DeviceObject NewStruct(TypeDefinition type) => Layouts.Create(type);

    /// <summary>An exception of the framework's, without charging the heap: it may be the heap that is full.</summary>
    internal DeviceObject NewException(string type, string message) =>
        new(mscorlib.GetType(type) ?? throw new EmulatorException($"mscorlib has no {type}."), 0) { Native = ExceptionNatives.State(message, null) };

    /// <summary>What the desktop threw while it ran the program, as the device would throw it.</summary>
    internal DeviceObject ToDevice(Exception error) => error switch
    {
        DeviceFault fault => fault.Thrown,
        DivideByZeroException => NewException("System.Exception", "Division by zero."),
        NullReferenceException => NewException("System.NullReferenceException", "A reference is null."),
        IndexOutOfRangeException => NewException("System.IndexOutOfRangeException", "An index is outside its array."),
        InvalidCastException => NewException("System.InvalidCastException", "A value is not of the type it is cast to."),
        ArgumentOutOfRangeException => NewException("System.ArgumentOutOfRangeException", error.Message),
        ArgumentException => NewException("System.ArgumentException", error.Message),
        NotImplementedException => NewException("System.NotImplementedException", error.Message),
        FormatException => NewException("System.FormatException", error.Message),
        _ => throw new EmulatorException($"The emulator failed: {error}"),
    };

    private static bool Fit(MethodDefinition method, object?[] arguments)
    {
        int skip = method.HasThis && !method.IsConstructor ? 1 : 0;
        return method.Parameters.Select((parameter, i) => Marshal.Fits(arguments[i + skip], parameter.ParameterType)).All(fits => fits);
    }
}
