using System.Runtime.InteropServices;
using Mono.Cecil;

namespace Tiny.Emulator.Deployment;

/// <summary>
/// The signatures of a .pe file: one run of bytes, to which each signature is appended only if it does not stand somewhere in it
/// already. So short ones mostly cost nothing, and an array initializer that occurs twice is stored once.
/// </summary>
internal sealed class PeSignatures
{
    private const byte ByReference = 0x45;
    private const byte Array = 0x1D;
    private const byte Class = 0x12;
    private const byte Value = 0x11;

    private readonly List<byte> bytes = [];
    private readonly HashSet<string> seen = [];
    private readonly Dictionary<string, int> tokens = [];

    /// <summary>Bytes so far.</summary>
    internal int Count => bytes.Count;

    /// <summary>All signatures of a type: its interfaces, fields, initial data, methods and their locals.</summary>
    internal void Add(TypeDefinition type)
    {
        if (type.HasInterfaces)
        {
            Append([(byte)type.Interfaces.Count, .. type.Interfaces.SelectMany(entry => Of(entry.InterfaceType))]);
        }

        foreach (FieldDefinition field in type.Fields.Where(field => !field.IsLiteral))
        {
            Append([0x06, .. Of(field.FieldType)]);
            if (field.InitialValue.Length > 0)
            {
                Append([(byte)field.InitialValue.Length, (byte)(field.InitialValue.Length >> 8), .. field.InitialValue]);
            }
        }

        foreach (MethodDefinition method in type.Methods)
        {
            Add(method);
            if (method.HasBody && method.Body.HasVariables)
            {
                Append([.. method.Body.Variables.SelectMany(variable => Of(variable.VariableType))]);
            }
        }
    }

    /// <summary>The signature of a method or of a reference to one.</summary>
    internal void Add(IMethodSignature method) =>
        Append([(byte)(method.HasThis ? 0x20 : 0), (byte)method.Parameters.Count, .. Of(method.ReturnType),
        .. method.Parameters.SelectMany(parameter => Of(parameter.ParameterType))]);

    /// <summary>The signature of a reference to a field.</summary>
    internal void Add(FieldReference field) => Append([0x06, .. Of(field.FieldType)]);

    /// <summary>The signature of an array type that code names by a token.</summary>
    internal void Add(TypeReference type) => Append([.. Of(type)]);

    private void Append(byte[] signature)
    {
        if (seen.Add(Convert.ToHexString(signature)) && CollectionsMarshal.AsSpan(bytes).IndexOf(signature) < 0)
        {
            bytes.AddRange(signature);
        }
    }

    private IEnumerable<byte> Of(TypeReference type) => type switch
    {
        ByReferenceType reference => [ByReference, .. Of(reference.ElementType)],
        ArrayType array => [Array, .. Of(array.ElementType)],
        IModifierType modified => Of(modified.ElementType),
        _ when type.MetadataType is not (MetadataType.Class or MetadataType.ValueType) => [(byte)type.MetadataType],
        _ => [type.IsValueType ? Value : Class, .. Token(type)],
    };

    /// <summary>A type's number and kind: one byte for the first 32 types, two for others.</summary>
    private byte[] Token(TypeReference type)
    {
        tokens.TryAdd(type.FullName, tokens.Count);
        int token = tokens[type.FullName] * 4 + (type is TypeDefinition ? 0 : 1);
        return token < 0x80 ? [(byte)token] : [(byte)(0x80 | (token >> 8)), (byte)token];
    }
}
