using System.Diagnostics;
using Mono.Cecil;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Costs;
using Tiny.Emulator.Execution;
using Tiny.Emulator.Memory;
using Tiny.Emulator.Natives;

namespace Tiny.Emulator;

/// <summary>A board with a program on it. One machine runs one program, from one thread.</summary>
public sealed class Machine
{
    private readonly Dictionary<MethodDefinition, DeviceMethod> methods = [];
    private readonly Dictionary<MethodReference, Callee> sites = [];
    private readonly Dictionary<FieldDefinition, (Slot[] Slots, int Index)> statics = [];
    private readonly Dictionary<TypeDefinition, Slot[]> staticsOfTypes = [];
    private readonly Dictionary<(TypeDefinition Type, MethodDefinition Method), MethodDefinition> overrides = [];
    private readonly Dictionary<(TypeDefinition Type, TypeReference Of), bool> instances = [];
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
        mscorlib = program.Assemblies.FirstOrDefault(assembly => assembly.Name.Name == "mscorlib")?.MainModule
            ?? throw new EmulatorException($"{program.Main.Name.Name}: does not refer to nanoFramework's mscorlib. Compile against the device's assemblies.");
    }

    /// <summary>The board.</summary>
    public BoardProfile Board { get; }

    /// <summary>The program.</summary>
    public DeviceProgram Program { get; }

    /// <summary>Where the program's output goes.</summary>
    public TextWriter Output { get; }

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

    internal OpcodeCosts Costs { get; }

    internal DeviceHeap Heap { get; }

    internal Interpreter Interpreter { get; }

    internal TypeLayouts Layouts { get; } = new();

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
    public object Place(object value)
    {
        hostRoots.Add(Heap.Adopt(value, 0));
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
            return new Callee(reference, definition, arguments, result, constrained);
        }

        if (!sites.TryGetValue(reference, out Callee? site))
        {
            sites[reference] = site = new Callee(reference, definition, arguments, result, null);
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

    internal DeviceObject NewStruct(TypeDefinition type) => Layouts.Create(type);

    internal int Call(Callee site, int sp, bool looksForNull)
    {
        int frame = sp - site.Arguments;
        if (looksForNull && Interpreter.Stack[frame].Ref is null)
        {
            throw new NullReferenceException();
        }

        Interpreter.Run(site.Method ??= Decoded(site.Definition), frame);
        return site.Result == Kind.Void ? frame : frame + 1;
    }

    internal int CallNative(Callee site, int sp, bool looksForNull)
    {
        int frame = sp - site.Arguments;
        if (looksForNull && Interpreter.Stack[frame].Ref is null)
        {
            throw new NullReferenceException();
        }

        site.Native ??= NativeTable.Find(site.Definition);
        site.Native(this, Interpreter.Stack, frame, sp);
        return site.Result == Kind.Void ? frame : frame + 1;
    }

    internal int CallVirtual(Callee site, int sp)
    {
        int frame = sp - site.Arguments;
        ref Slot target = ref Interpreter.Stack[frame];
        if (site.Constrained is not null && target.Ref is Reference pointer)
        {
            Slot value = pointer.Load();
            Kind kind = TypeFacts.KindOf(site.Constrained);
            target.Ref = kind is Kind.Ref or Kind.Struct ? value.Ref : new Box(site.Constrained, kind, value);
        }

        object instance = target.Ref ?? throw new NullReferenceException();
        MethodDefinition method = instance is DeviceObject made ? Override(made.Type, site.Definition) : site.Definition;
        if (instance is DeviceDelegate)
        {
            return CallNative(site, sp, looksForNull: false);
        }

        if (HasBody(method))
        {
            Interpreter.Run(Decoded(method), frame);
        }
        else
        {
            NativeTable.FindFor(instance, method)(this, Interpreter.Stack, frame, sp);
        }

        return site.Result == Kind.Void ? frame : frame + 1;
    }

    internal int NewObject(Callee site, int sp)
    {
        int count = site.Arguments - 1;
        int first = sp - count;
        Slot[] s = Interpreter.Stack;
        TypeDefinition type = site.Definition.DeclaringType;
        if (type.BaseType?.FullName == "System.MulticastDelegate")
        {
            s[first].Ref = Heap.NewDelegate(new DeviceDelegate(type, s[first].Ref, (MethodReference)s[first + 1].Ref!), sp);
            return first + 1;
        }

        if (NativeTable.TryFindConstructor(site.Definition, out Native? construct))
        {
            construct!(this, s, first, sp); // strings and the like: the constructor gives the value itself
            return first + 1;
        }

        object made = type.IsValueType ? NewStruct(type) : Heap.NewObject(type, sp);
        for (int i = count - 1; i >= 0; i--)
        {
            s[first + 2 + i] = s[first + i];
        }

        // The object stands twice: once as the constructor's this, once as the result beneath.
        s[first].Ref = made;
        s[first + 1].Ref = type.IsValueType ? new SlotReference(s, first) : made;
        int top = first + 2 + count;
        if (HasBody(site.Definition))
        {
            Interpreter.Run(site.Method ??= Decoded(site.Definition), first + 1);
        }
        else
        {
            (site.Native ??= NativeTable.Find(site.Definition))(this, s, first + 1, top);
        }

        return first + 1;
    }

    internal int LoadFunction(MethodReference method, bool isVirtual, int sp)
    {
        Slot[] s = Interpreter.Stack;
        if (!isVirtual)
        {
            s[sp].Ref = method;
            return sp + 1;
        }

        object target = s[sp - 1].Ref ?? throw new NullReferenceException();
        s[sp - 1].Ref = target is DeviceObject made ? Override(made.Type, Resolve(method)) : method;
        return sp;
    }

    internal object Unbox(object? box, TypeReference type) => box switch
    {
        null => throw new NullReferenceException(),
        DeviceObject contents => new SlotReference([new Slot { Ref = contents }], 0),
        Box number when Same(number.Type, type) => new SlotReference([number.Value], 0),
        _ => throw new InvalidCastException(),
    };

    internal Slot UnboxAny(Slot slot, TypeReference type)
    {
        Kind kind = TypeFacts.KindOf(type);
        if (kind == Kind.Ref)
        {
            return slot.Ref is null || IsInstance(slot.Ref, type) ? slot : throw new InvalidCastException();
        }

        return slot.Ref switch
        {
            null => throw new NullReferenceException(),
            DeviceObject contents when kind == Kind.Struct => new Slot { Ref = contents.CopyStruct() },
            Box number when Same(number.Type, type) => number.Value,
            _ => throw new InvalidCastException(),
        };
    }

    internal bool IsInstance(object value, TypeReference type)
    {
        if (type.FullName == "System.Object")
        {
            return true;
        }

        switch (value)
        {
            case DeviceObject made:
                (TypeDefinition, TypeReference) key = (made.Type, type);
                if (!instances.TryGetValue(key, out bool known))
                {
                    instances[key] = known = Bases(made.Type).Any(name => name == type.FullName);
                }

                return known;
            case string:
                return type.FullName == "System.String";
            case Box box:
                return Same(box.Type, type) || type.FullName is "System.ValueType";
            case DeviceArray array:
                return type is ArrayType of ? of.ElementType.FullName == array.ElementType.FullName || of.ElementType.FullName == "System.Object" : type.FullName == "System.Array";
            case Array numbers:
                return type is ArrayType numeric
                    ? numeric.ElementType.FullName == numbers.GetType().GetElementType()!.FullName
                    : type.FullName == "System.Array";
            default:
                return false;
        }
    }

    internal bool IsException(TypeDefinition type) => Bases(type).Contains("System.Exception");

    /// <summary>An exception of the framework's, without charging the heap: it may be the heap that is full.</summary>
    internal DeviceObject NewException(string type, string message) =>
        new(mscorlib.GetType(type) ?? throw new EmulatorException($"mscorlib has no {type}."), 0) { Native = ExceptionNatives.State(message, null) };

    /// <summary>What the desktop threw while it ran the program, as the device would throw it.</summary>
    internal DeviceObject ToDevice(Exception error) => error switch
    {
        DeviceFault fault => fault.Thrown,
        DivideByZeroException => NewException("System.Exception", "Integer division by zero."),
        NullReferenceException => NewException("System.NullReferenceException", "A reference is null."),
        IndexOutOfRangeException => NewException("System.IndexOutOfRangeException", "An index is outside its array."),
        InvalidCastException => NewException("System.InvalidCastException", "A value is not of the type it is cast to."),
        ArgumentOutOfRangeException => NewException("System.ArgumentOutOfRangeException", error.Message),
        ArgumentException => NewException("System.ArgumentException", error.Message),
        NotImplementedException => NewException("System.NotImplementedException", error.Message),
        FormatException => NewException("System.FormatException", error.Message),
        _ => throw new EmulatorException($"The emulator failed: {error}"),
    };

    private static bool Same(TypeReference left, TypeReference right) => left.FullName == right.FullName;

    private static bool Fit(MethodDefinition method, object?[] arguments)
    {
        int skip = method.HasThis && !method.IsConstructor ? 1 : 0;
        return method.Parameters.Select((parameter, i) => Marshal.Fits(arguments[i + skip], parameter.ParameterType)).All(fits => fits);
    }

    private static IEnumerable<string> Bases(TypeDefinition type)
    {
        for (TypeDefinition? at = type; at is not null; at = at.BaseType?.Resolve())
        {
            yield return at.FullName;
            foreach (InterfaceImplementation implemented in at.Interfaces)
            {
                yield return implemented.InterfaceType.FullName;
            }
        }
    }

    private MethodDefinition Override(TypeDefinition type, MethodDefinition method)
    {
        if (overrides.TryGetValue((type, method), out MethodDefinition? known))
        {
            return known;
        }

        MethodDefinition found = method;
        for (TypeDefinition? at = type; at is not null; at = at.BaseType?.Resolve())
        {
            MethodDefinition? candidate = at.Methods.FirstOrDefault(m => m == method || Overrides(m, method));
            if (candidate is not null)
            {
                found = candidate;
                break;
            }
        }

        return overrides[(type, method)] = found;
    }

    private static bool Overrides(MethodDefinition candidate, MethodDefinition method) =>
        candidate.IsVirtual
        && (candidate.Overrides.Any(o => o.FullName == method.FullName)
            || (candidate.Name == method.Name && candidate.Parameters.Count == method.Parameters.Count
                && candidate.Parameters.Zip(method.Parameters).All(pair => pair.First.ParameterType.FullName == pair.Second.ParameterType.FullName)));
}
