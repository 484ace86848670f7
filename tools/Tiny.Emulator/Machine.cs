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
    internal const int TicksPerMillisecond = 10_000;

    private readonly Dictionary<MethodDefinition, DeviceMethod> methods = [];
    private readonly Dictionary<MethodReference, Callee> sites = [];
    private readonly Dictionary<FieldDefinition, (Slot[] Slots, int Index)> statics = [];
    private readonly Dictionary<TypeDefinition, Slot[]> staticsOfTypes = [];
    private readonly List<object> hostRoots = [];
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<object, StrongHash> hashes = [];
    private readonly Dictionary<object, WaitNatives.Lock> locks = new(ReferenceEqualityComparer.Instance);
    private readonly Random guids = new(1);
    private int lastHash;
    private readonly Dictionary<MethodDefinition, bool> bodies = [];
    private readonly Dictionary<string, TypeDefinition> own = [];
    private readonly ModuleDefinition mscorlib;
    private long idleTicks;
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
        Types = new TypeChecks(this);
        Unwinder = new Unwinder(this);
        Scheduler = new Scheduler(this);
        Conversion = new Conversions(board.Costs is "m0" or "m0plus");
        mscorlib = program.Assemblies.FirstOrDefault(assembly => assembly.Name.Name == "mscorlib")?.MainModule
            ?? throw new EmulatorException($"{program.Main.Name.Name}: does not refer to nanoFramework's mscorlib. Compile against the device's assemblies.");
        Scheduler.Begin();
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

    /// <summary>The board's clock: what the instructions so far take, and what passed while no thread ran.</summary>
    public double Milliseconds => Ticks / (double)TicksPerMillisecond;

    /// <summary>The clock in units of 100 ns.</summary>
    internal long Ticks => (long)(1e7 * Board.Seconds(Interpreter.Tenths / 10.0)) + idleTicks;

    /// <summary>Lets time pass in which nothing runs.</summary>
    internal void PassTo(long ticks) => idleTicks += Math.Max(0, ticks - Ticks);

    /// <summary>Machine instructions so far.</summary>
    public long Instructions => Interpreter.Tenths / 10;

    /// <summary>IL opcodes so far.</summary>
    public long Opcodes => Interpreter.Opcodes;

    /// <summary>Bytes of heap allocated so far.</summary>
    public long Allocated => Heap.Allocated;

    /// <summary>Bytes of heap reachable at the fullest moment.</summary>
    public long HeapPeak => Heap.Peak;

    /// <summary>Bytes of heap reachable now.</summary>
    public long HeapLive => Heap.Live;

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

    internal TypeChecks Types { get; }

    internal Unwinder Unwinder { get; }

    internal Scheduler Scheduler { get; }

    internal Conversions Conversion { get; }

    internal EmulatedPins Pins => Peripherals.Pins;

    /// <summary>The program's; mscorlib's own belong to what the runtime takes.</summary>
    internal IEnumerable<Slot[]> Statics => staticsOfTypes.Where(entry => entry.Key.Module != mscorlib).Select(entry => entry.Value);

    internal IEnumerable<object> HostRoots => hostRoots;

    /// <summary>The largest array reachable now, in bytes of heap.</summary>
    public int LargestArray => Heap.LargestArray;

    /// <summary>Measures the heap's fullest moment from here on.</summary>
    public void ResetPeak() => Heap.ResetPeak();

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
            object? made = method.IsConstructor ? Heap.NewObject(method.DeclaringType) : null;
            Slot result = Run(method, made is null ? arguments : [made, .. arguments]);
            return made ?? Marshal.ToHost(result, method.ReturnType);
        });
    }

    /// <summary>Bytes of heap that the runtime takes for itself; 0 where the host calls methods one by one.</summary>
    public long RuntimeBytes => Heap.Reserved;

    /// <summary>Runs a program in what the runtime leaves of the heap: Main, then the threads that it leaves behind, until none is left or all that is left waits for ever.</summary>
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

    /// <summary>The culture that the program set, or got when it first asked.</summary>
    internal object? Culture { get; set; }

    /// <summary>
    /// The moment that ends a sleep of so many ticks from now. Where the board's operating system sleeps by its own, longer ticks, a sleep begins at the last of them and ends at
    /// one: a loop that sleeps 50 ms at a time comes round each 50 ms with ticks of 10 ms, one of 15 ms each 20.
    /// </summary>
    internal long After(long ticks)
    {
        long tick = (long)(Board.TickMilliseconds * TicksPerMillisecond);
        return tick <= 1 ? Ticks + ticks : (Ticks / tick * tick + ticks + tick - 1) / tick * tick;
    }

    /// <summary>What ToString gives, for natives that put values into texts.</summary>
    internal string TextOf(object value)
    {
        MethodDefinition method = Calls.Overriding(Own("System.Object").Methods.First(m => m.Name == "ToString"), value);
        return Run(method, new Slot { Ref = value }).Ref as string ?? "";
    }

    /// <summary>The same for a number.</summary>
    internal string TextOf(TypeDefinition type, in Slot value) =>
        TextOf(new Box(type, TypeFacts.KindOf(TypeFacts.StorageOf(type)), TypeFacts.StorageOf(type), value));

    /// <summary>A number of its own for an object, the same for as long as it lives.</summary>
    internal int HashOf(object value) => hashes.GetValue(value, _ => new StrongHash(++lastHash * 0x9E3779)).Value;

    internal byte[] NextGuid()
    {
        byte[] bytes = new byte[16];
        guids.NextBytes(bytes);
        return bytes;
    }

    internal WaitNatives.Lock LockOf(object value)
    {
        if (!locks.TryGetValue(value, out WaitNatives.Lock? held))
        {
            locks[value] = held = new WaitNatives.Lock();
        }

        return held;
    }

    internal void ForgetLock(object value) => locks.Remove(value);

    /// <summary>A thread that will call a delegate.</summary>
    internal DeviceThread NewThread(DeviceDelegate start, object?[] arguments, int id = 0)
    {
        DeviceThread thread = new(id > 0 ? id : Scheduler.NextId());
        DeviceDelegate one = start.All[^1];
        Slot[] slots = thread.NewSegment();
        int at = 0;
        if (one.Method!.HasThis)
        {
            slots[at++].Ref = one.Target;
        }

        foreach (object? argument in arguments)
        {
            slots[at++].Ref = argument;
        }

        Interpreter.Push(thread, Decoded(one.Method), slots, 0, within: false);
        return thread;
    }

    /// <summary>Puts something of the host's on the device's heap and keeps it there.</summary>
    /// <exception cref="DeviceProgramException">It is larger than any object of the device's, or than its heap.</exception>
    public object Place(object value)
    {
        hostRoots.Add(Guarded(() => Heap.Adopt(value)));
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

    /// <summary>Whether something that was thrown is the device's to handle: its own exceptions, and what the desktop throws in their place.</summary>
    internal static bool IsDevices(Exception error) => error is DeviceFault or DeviceTypeException or NullReferenceException or IndexOutOfRangeException
        or DivideByZeroException or InvalidCastException or ArgumentException or NotImplementedException or NotSupportedException or FormatException or InvalidOperationException;

    /// <summary>What an exception says, to the host: its message, or what the emulator knows of its cause.</summary>
    internal string MessageOf(DeviceObject exception)
    {
        FieldDefinition? message = mscorlib.GetType("System.Exception").Fields.FirstOrDefault(field => field.Name == "_message");
        string? text = message is null ? null : exception.Fields[Layouts.IndexOf(message)].Ref as string;
        return text ?? exception.Native as string ?? $"Exception was thrown: {exception.Type.FullName}";
    }

    private void RunStaticConstructors()
    {
        if (started)
        {
            return;
        }

        started = true;

        // Assembly by assembly, what they refer to first; within one in the order of the types' names, as the metadata processor sorts them.
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

    internal DeviceMethod Decoded(MethodDefinition method)
    {
        if (!methods.TryGetValue(method, out DeviceMethod? decoded))
        {
            methods[method] = decoded = new Decoder(this, method).Decode();
        }

        return decoded;
    }

    /// <summary>Whether a method's IL runs: the program's, and that of nanoFramework's own mscorlib; the tables of other packages have none.</summary>
    internal bool HasBody(MethodDefinition method)
    {
        if (!bodies.TryGetValue(method, out bool has))
        {
            bodies[method] = has = method.HasBody && DeviceProgram.HasCode(method.Module.Assembly.Name.Name) && !Natives.NativeTable.Replaces(method);
        }

        return has;
    }

    /// <summary>The class of an object.</summary>
    internal TypeDefinition TypeOf(object value) => value switch
    {
        DeviceObject made => made.Type,
        string => Own("System.String"),
        Box box => TypeFacts.Resolve(box.Type),
        DeviceDelegate called => TypeFacts.Resolve(called.Type),
        DeviceArray or Array => Own("System.Array"),
        TypeReference => Own("System.RuntimeType"),
        Reference pointer => TypeOf(pointer.Load().Ref ?? throw new NullReferenceException()),
        _ => Own("System.Object"),
    };

    /// <summary>A type of mscorlib's.</summary>
    internal TypeDefinition Own(string name)
    {
        if (!own.TryGetValue(name, out TypeDefinition? type))
        {
            own[name] = type = mscorlib.GetType(name) ?? throw new EmulatorException($"mscorlib has no {name}.");
        }

        return type;
    }

    /// <summary>What sizeof gives: a block, or a struct's blocks.</summary>
    internal int SizeOf(TypeReference type) =>
        12 * (TypeFacts.StorageOf(type) == Storage.Struct ? 1 + Layouts.Create(TypeFacts.Resolve(type)).Fields.Length : 1);

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

            FrameworkStatics.Check(type, fields);
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

    /// <summary>An exception that the firmware throws. It has no message on the device; the note is for the host. The heap is not charged: it may be what is full.</summary>
    internal DeviceObject NewException(string type, string? note)
    {
        DeviceObject made = Layouts.Create(Own(type));
        made.Native = note;
        return made;
    }

    /// <summary>throw null ends the program on the device.</summary>
    internal static DeviceProgramException ThrowNull() => new("System.NullReferenceException", "throw null");

    /// <summary>What the desktop threw while it ran the program, as the device would throw it.</summary>
    internal DeviceObject ToDevice(Exception error) => error switch
    {
        DeviceFault fault => fault.Thrown,
        DivideByZeroException => NewException("System.Exception", "Division by zero."),
        DeviceTypeException => NewException("System.Exception", error.Message),
        NullReferenceException => NewException("System.NullReferenceException", null),
        IndexOutOfRangeException => NewException("System.IndexOutOfRangeException", null),
        InvalidCastException => NewException("System.InvalidCastException", null),
        ArgumentNullException => NewException("System.ArgumentNullException", null),
        ArgumentOutOfRangeException => NewException("System.ArgumentOutOfRangeException", null),
        ArgumentException => NewException("System.ArgumentException", error.Message),
        NotImplementedException => NewException("System.NotImplementedException", error.Message),
        NotSupportedException => NewException("System.NotSupportedException", error.Message),
        FormatException => NewException("System.FormatException", null),
        InvalidOperationException => NewException("System.InvalidOperationException", error.Message),
        _ => throw new EmulatorException($"The emulator failed: {error}"),
    };

    private static bool Fit(MethodDefinition method, object?[] arguments)
    {
        int skip = method.HasThis && !method.IsConstructor ? 1 : 0;
        return method.Parameters.Select((parameter, i) => Marshal.Fits(arguments[i + skip], parameter.ParameterType)).All(fits => fits);
    }

    private sealed record StrongHash(int Value);
}
