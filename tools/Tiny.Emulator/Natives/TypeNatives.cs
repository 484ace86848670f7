using Mono.Cecil;
using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Type: names and kinds, and a field's value as Enum.ToString asks for it. More of reflection is refused.</summary>
internal static class TypeNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        table["System.Type.GetTypeFromHandle(System.RuntimeTypeHandle)"] = (_, _, _, _) => { }; // the token already is the type
        table["System.RuntimeType.get_Name()"] = (m, s, f, _) => Result(s, f, m.Heap.NewString(Of(s[f]).Name));
        table["System.RuntimeType.get_FullName()"] = (m, s, f, _) => Result(s, f, m.Heap.NewString(Of(s[f]).FullName.Replace('/', '+')));
        table["System.RuntimeType.get_BaseType()"] =
            (m, s, f, _) => Result(s, f, Of(s[f]) is ArrayType ? m.Own("System.Array") : Definition(s[f]).BaseType);
        table["System.RuntimeType.GetElementType()"] = (_, s, f, _) => Result(s, f, (Of(s[f]) as ArrayType)?.ElementType);
        table["System.RuntimeType.GetField(System.String,System.Reflection.BindingFlags)"] =
            (m, s, f, _) => Result(s, f, Field(m, Definition(s[f]), Text(s[f + 1])));
        table["System.Reflection.RuntimeFieldInfo.GetValue(System.Object)"] =
            (m, s, f, _) => Result(s, f, ValueOf(m, (FieldDefinition)((DeviceObject)s[f].Ref!).Native!, s[f + 1].Ref));
        table["System.Reflection.RuntimeFieldInfo.get_Name()"] =
            (m, s, f, _) => Result(s, f, m.Heap.NewString(((FieldDefinition)((DeviceObject)s[f].Ref!).Native!).Name));
        table["System.Type.GetMethod(System.String,System.Type[])"] =
            (m, s, f, _) => Result(s, f, Method(m, Definition(s[f]), Text(s[f + 1]), s[f + 2].Ref as DeviceArray));
        table["System.Type.GetMethod(System.String)"] = (m, s, f, _) => Result(s, f, Method(m, Definition(s[f]), Text(s[f + 1]), null));
        table["System.Reflection.MethodBase.Invoke(System.Object,System.Object[])"] =
            (m, s, f, _) => Result(s, f, Invoke(m, (DeviceObject)s[f].Ref!, s[f + 1], s[f + 2].Ref as DeviceArray));
        table["System.Reflection.MethodBase.get_Name()"] =
            (m, s, f, _) => Result(s, f, m.Heap.NewString(((MethodDefinition)((DeviceObject)s[f].Ref!).Native!).Name));
        table["System.Type.IsInstanceOfType(System.Object)"] =
            (m, s, f, _) => Result(s, f, s[f + 1].Ref is object value && m.Types.IsInstance(value, Of(s[f])));
        Flag(table, "IsNotPublic", type => type.IsNotPublic);
        Flag(table, "IsPublic", type => type.IsPublic);
        Flag(table, "IsClass", type => !type.IsValueType && !type.IsInterface);
        Flag(table, "IsInterface", type => type.IsInterface);
        Flag(table, "IsValueType", type => type.IsValueType && !type.IsEnum);
        Flag(table, "IsAbstract", type => type.IsAbstract);
        Flag(table, "IsEnum", type => type.IsEnum);
        Flag(table, "IsSerializable", type => type.IsSerializable);
        table["System.Type.get_IsArray()"] = (_, s, f, _) => Result(s, f, Of(s[f]) is ArrayType);
        table["System.Enum.HasFlag(System.Enum)"] = (_, s, f, _) => HasFlag(s, f);
    }

    /// <summary>The type of an object, as the program gets to see it.</summary>
    internal static TypeReference TypeOf(Machine machine, object value) => value switch
    {
        DeviceArray items => new ArrayType(items.ElementType),
        Array numbers => new ArrayType(machine.Own(numbers.GetType().GetElementType()!.FullName!)),
        Box box => box.Type,
        Reference pointer => TypeOf(machine, pointer.Load().Ref ?? throw new NullReferenceException()),
        _ => machine.TypeOf(value),
    };

    private static void Flag(Dictionary<string, Native> table, string name, Func<TypeDefinition, bool> test) =>
        table[$"System.Type.get_{name}()"] =
        (_, s, f, _) => Result(s, f, Of(s[f]) is not ArrayType ? test(Definition(s[f])) : name == "IsClass");

    private static TypeReference Of(in Slot type) => type.Ref as TypeReference ?? throw new NullReferenceException();

    private static TypeDefinition Definition(in Slot type) => TypeFacts.Resolve(Of(type));

    private static object? Field(Machine machine, TypeDefinition type, string name)
    {
        FieldDefinition? found = type.Fields.FirstOrDefault(field => field.Name == name);
        if (found is null)
        {
            return null;
        }

        DeviceObject info = machine.Heap.NewObject(machine.Own("System.Reflection.RuntimeFieldInfo"));
        info.Native = found;
        return info;
    }

    /// <summary>
    /// A public method by its name and parameters, of the type or those it derives from: string.Format finds ToString so.
    /// </summary>
    private static DeviceObject? Method(Machine machine, TypeDefinition type, string name, DeviceArray? parameters)
    {
        for (TypeDefinition? at = type; at is not null; at = at.BaseType?.Resolve())
        {
            MethodDefinition? found = at.Methods.FirstOrDefault(
                method => method.IsPublic && !method.IsConstructor && method.Name == name
                    && (parameters is null || Takes(method, parameters)));
            if (found is not null)
            {
                DeviceObject info = machine.Heap.NewObject(machine.Own("System.Reflection.RuntimeMethodInfo"));
                info.Native = found;
                return info;
            }
        }

        return null;
    }

    private static bool Takes(MethodDefinition method, DeviceArray parameters) =>
        method.Parameters.Count == parameters.Items.Length
        && method.Parameters.Zip(parameters.Items)
        .All(pair => pair.First.ParameterType.FullName == (pair.Second as TypeReference)?.FullName);

    private static object? Invoke(Machine machine, DeviceObject info, Slot instance, DeviceArray? arguments)
    {
        MethodDefinition method = (MethodDefinition)info.Native!;
        MethodDefinition called = method.IsVirtual
            ? machine.Calls.Overriding(method, instance.Ref ?? throw new NullReferenceException()) : method;
        List<object?> values = called.HasThis ? [instance] : [];
        values.AddRange((arguments?.Items ?? []).Select(item => (object?)(item is Box box ? box.Load() : new Slot { Ref = item })));
        Slot result = machine.Run(called, [.. values]);
        Storage storage = TypeFacts.StorageOf(called.ReturnType);
        return called.ReturnType.MetadataType == MetadataType.Void
            ? null : machine.Heap.NewBox(new BoxType(called.ReturnType, TypeFacts.KindOf(storage), storage), result);
    }

    private static object? ValueOf(Machine machine, FieldDefinition field, object? instance)
    {
        Storage storage = TypeFacts.StorageOf(field.FieldType);
        BoxType type = new(field.FieldType, TypeFacts.KindOf(storage), storage);
        if (field.IsStatic)
        {
            (Slot[] slots, int index) = machine.StaticSlot(field);
            return machine.Heap.NewBox(type, Promotion.Load(slots[index], storage));
        }

        return instance switch
        {
            Box box => machine.Heap.NewBox(type, box.Value),
            Reference pointer => machine.Heap.NewBox(type, pointer.Load()),
            DeviceObject made => machine.Heap.NewBox(type, Promotion.Load(made.Fields[machine.Layouts.IndexOf(field)], storage)),
            _ => throw new NullReferenceException(),
        };
    }

    private static void HasFlag(Slot[] stack, int frame)
    {
        Box flag = stack[frame + 1].Ref as Box ?? throw new NullReferenceException();
        if (stack[frame].Ref is Box self && self.Type.FullName != flag.Type.FullName)
        {
            throw new ArgumentException("The flag is of another enum.");
        }

        Result(stack, frame, (Value(stack[frame]).I4 & flag.Value.I4) != 0);
    }
}
