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
public sealed partial class Machine
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
            ?? throw new EmulatorException(
            $"{program.Main.Name.Name}: does not refer to nanoFramework's mscorlib. Compile against the device's assemblies.");
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

    /// <summary>
    /// Where the instructions went since <see cref="ResetProfile"/>: each method with its calls
    /// and its own instructions, the dearest first.
    /// </summary>
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

    /// <summary>Leaves what arrays of references there are now out of <see cref="LargestArray"/>.</summary>
    public void IgnoreReferenceArrays() => Heap.IgnoreReferenceArrays();

    /// <summary>Measures the heap's fullest moment from here on.</summary>
    public void ResetPeak() => Heap.ResetPeak();

    /// <summary>The culture that the program set, or got when it first asked.</summary>
    internal object? Culture { get; set; }

    /// <summary>
    /// The moment that ends a sleep of so many ticks from now. Where the board's operating system sleeps by its
    /// own, longer ticks, a sleep begins at the last of them and ends at one: a loop that sleeps 50 ms at a
    /// time comes round each 50 ms with ticks of 10 ms, one of 15 ms each 20.
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

    private sealed record StrongHash(int Value);
}
