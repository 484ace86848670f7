using System.Text;
using Mono.Cecil;
using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>
/// System.Object, System.ValueType, System.Exception, System.Random, weak references, the collector and what surrounds them.
/// </summary>
internal static class ObjectNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        table["System.Attribute..ctor()"] = (_, _, _, _) => { };
        table["System.Object.ReferenceEquals(System.Object,System.Object)"] = (_, s, f, _) => Result(s, f, AreSame(s[f].Ref, s[f + 1].Ref));
        table["System.Object.Equals(System.Object)"] = (_, s, f, _) => Result(s, f, AreSame(s[f].Ref, s[f + 1].Ref));
        table["System.ValueType.Equals(System.Object)"] = (_, s, f, _) => Result(s, f, AreEqual(Whole(s[f].Ref), s[f + 1].Ref));
        table["System.Object.GetHashCode()"] = (m, s, f, _) => Result(s, f, HashOf(m, s[f].Ref));
        table["System.Object.GetType()"] =
            (m, s, f, _) => Result(s, f, TypeNatives.TypeOf(m, s[f].Ref ?? throw new NullReferenceException()));
        table["System.Object.MemberwiseClone()"] =
            (m, s, f, _) => Result(s, f, m.Heap.Adopt((object)((DeviceObject)s[f].Ref!).CopyStruct()));
        table["System.Exception.get_StackTrace()"] = (_, s, f, _) => Result(s, f, (object?)null);
        table["System.Random..ctor()"] = (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = new Random(1);
        table["System.Random..ctor(System.Int32)"] = (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = new Random(s[f + 1].I4);
        table["System.Random.Next()"] = (_, s, f, _) => Result(s, f, Of(s[f]).Next());
        table["System.Random.Next(System.Int32)"] =
            (_, s, f, _) => Result(s, f, s[f + 1].I4 > 0 ? Of(s[f]).Next(s[f + 1].I4) : throw new ArgumentOutOfRangeException());
        table["System.Random.NextDouble()"] = (_, s, f, _) => Result(s, f, Of(s[f]).NextDouble());
        table["System.Random.NextBytes(System.Byte[])"] = (_, s, f, _) => Of(s[f]).NextBytes((byte[])s[f + 1].Ref!);
        table["System.WeakReference..ctor(System.Object)"] =
            (_, s, f, _) => ((DeviceObject)s[f].Ref!).Native = new WeakReference(s[f + 1].Ref);
        table["System.WeakReference.get_IsAlive()"] = (_, s, f, _) => Result(s, f, Weak(s[f]).IsAlive);
        table["System.WeakReference.get_Target()"] = (_, s, f, _) => Result(s, f, Weak(s[f]).Target);
        table["System.WeakReference.set_Target(System.Object)"] = (_, s, f, _) => Weak(s[f]).Target = s[f + 1].Ref;
        table["System.GC.AnyPendingFinalizers()"] = (_, s, f, _) => Result(s, f, false);
        table["System.GC.SuppressFinalize(System.Object)"] = (_, _, _, _) => { };
        table["System.GC.ReRegisterForFinalize(System.Object)"] = (_, _, _, _) => { };
        table["System.GC.Collect()"] = (m, _, _, _) => m.Heap.Collect(compact: false);
        table["nanoFramework.Runtime.Native.GC.Run(System.Boolean)"] =
            (m, s, f, _) => Result(s, f, (uint)Math.Min(int.MaxValue, m.Heap.Collect(s[f].I4 != 0)));
        table["nanoFramework.Runtime.Native.GC.EnableGCMessages(System.Boolean)"] = (_, _, _, _) => { };
        table["System.Diagnostics.Debugger.get_IsAttached()"] = (_, s, f, _) => Result(s, f, false);
        table["System.Diagnostics.Debugger.Break()"] = (_, _, _, _) => { };
        table["System.Globalization.CultureInfo.get_CurrentUICultureInternal()"] = (m, s, f, _) => Result(s, f, m.Culture);
        table["System.Globalization.CultureInfo.set_CurrentUICultureInternal(System.Globalization.CultureInfo)"] =
            (m, s, f, _) => m.Culture = s[f].Ref;
        table["System.Globalization.DateTimeFormat.FormatDigits(System.Int32,System.Int32)"] = (m, s, f, _) =>
            Result(s, f, m.Heap.NewString(s[f].I4.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(s[f + 1].I4, '0')));
        table["System.Runtime.Remoting.RemotingServices.IsTransparentProxy(System.Object)"] = (_, s, f, _) => Result(s, f, false);
        table["System.Runtime.CompilerServices.RuntimeHelpers.GetObjectValue(System.Object)"] =
            (m, s, f, _) => Result(s, f, s[f].Ref is DeviceObject { Type.IsValueType: true } ? m.Heap.Clone(s[f].Ref) : s[f].Ref);
        table["System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(System.RuntimeTypeHandle)"] = (_, _, _, _) => { };
        table["System.Runtime.CompilerServices.RuntimeHelpers.get_OffsetToStringData()"] = (_, s, f, _) => Result(s, f, 12);
        table["System.Guid.GenerateNewGuid()"] = (m, s, f, _) => Result(s, f, m.Heap.Adopt((object)m.NextGuid()));
    }

    /// <summary>Object.Equals and ReferenceEquals: the same object, and types that are alike.</summary>
    internal static bool AreSame(object? left, object? right) =>
        ReferenceEquals(left, right) || (left is TypeReference a && right is TypeReference b && a.FullName == b.FullName);

    /// <summary>ValueType.Equals: the same type and all fields equal.</summary>
    internal static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        _ when ReferenceEquals(left, right) => true,
        (string a, string b) => a == b,
        (Box a, Box b) => a.Type.FullName == b.Type.FullName && SameNumber(a.Kind, a.Load(), b.Load()),
        (TypeReference a, TypeReference b) => a.FullName == b.FullName,
        (DeviceObject { Type.IsValueType: true } a, DeviceObject b) => a.Type == b.Type && FieldsEqual(a, b),
        _ => false,
    };

    internal static bool SameNumber(Kind kind, in Slot left, in Slot right) => kind switch
    {
        Kind.R4 => FloatOrder.Equal(left.R4, right.R4) || (float.IsNaN(left.R4) && float.IsNaN(right.R4)),
        Kind.R8 => FloatOrder.Equal(left.R8, right.R8) || (double.IsNaN(left.R8) && double.IsNaN(right.R8)),
        Kind.I8 => left.I8 == right.I8,
        _ => left.I4 == right.I4,
    };

    private static bool FieldsEqual(DeviceObject left, DeviceObject right)
    {
        FieldDefinition[] fields = [.. left.Type.Fields.Where(field => !field.IsStatic)];
        for (int i = 0; i < fields.Length; i++)
        {
            Kind kind = TypeFacts.KindOf(fields[i].FieldType);
            bool same = kind is Kind.Ref or Kind.Struct
                ? AreEqual(left.Fields[i].Ref, right.Fields[i].Ref) : SameNumber(kind, left.Fields[i], right.Fields[i]);
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    private static object? Whole(object? instance) => instance is Reference pointer and not Box ? pointer.Load().Ref : instance;

    /// <summary>
    /// Numbers are their own hash, texts a checksum of their UTF-8; other objects have one of their own for as long as they live.
    /// </summary>
    private static int HashOf(Machine machine, object? value) => value switch
    {
        null => 0,
        Box { Kind: Kind.I8 or Kind.R8 } box => (int)box.Value.I8 ^ (int)(box.Value.I8 >> 32),
        Box box => box.Load().I4,
        string text => (int)Checksum.Of(Encoding.UTF8.GetBytes(text)),
        Reference pointer => HashOf(machine, pointer.Load().Ref),
        _ => machine.HashOf(value),
    };

    private static Random Of(in Slot random) => (Random)((DeviceObject)random.Ref!).Native!;

    private static WeakReference Weak(in Slot reference) => (WeakReference)((DeviceObject)reference.Ref!).Native!;
}
