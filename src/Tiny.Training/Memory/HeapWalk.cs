using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Tiny.Training.Memory;

/// <summary>Goes through all that an object holds, each thing once, and counts what it takes on a device's heap.</summary>
internal sealed class HeapWalk
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Known = new();

    private readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);

    internal HeapWalk(object root)
    {
        Stack<object> waiting = new([root]);
        while (waiting.TryPop(out object? next))
        {
            if (seen.Add(next))
            {
                Count(next, waiting);
            }
        }
    }

    /// <summary>Bytes of heap.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The largest array's bytes of heap.</summary>
    internal long LargestArray { get; private set; }

    private void Count(object thing, Stack<object> waiting)
    {
        if (thing is Array array)
        {
            Type element = array.GetType().GetElementType()!;
            long bytes = element.IsPrimitive
                ? HeapSize.OfNumbers(array.Length, Marshal.SizeOf(element)) : HeapSize.OfReferences(array.Length);
            Bytes += bytes;
            LargestArray = Math.Max(LargestArray, bytes);
            if (!element.IsPrimitive)
            {
                foreach (object? held in array)
                {
                    Push(held, waiting);
                }
            }

            return;
        }

        FieldInfo[] fields = Known.GetOrAdd(thing.GetType(), FieldsOf);
        Bytes += HeapSize.OfObject(fields.Length);
        foreach (FieldInfo field in fields.Where(field => !field.FieldType.IsValueType))
        {
            Push(field.GetValue(thing), waiting);
        }
    }

    private static void Push(object? thing, Stack<object> waiting)
    {
        if (thing is not null)
        {
            waiting.Push(thing);
        }
    }

    /// <summary>Fields of a class and of those it derives from.</summary>
    private static FieldInfo[] FieldsOf(Type type)
    {
        List<FieldInfo> fields = [];
        for (Type? own = type; own is not null && own != typeof(object); own = own.BaseType)
        {
            fields.AddRange(own.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        }

        return [.. fields];
    }
}
