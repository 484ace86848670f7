using System.Buffers.Binary;
using System.Text;
using Mono.Cecil;

namespace Tiny.Reference;

/// <summary>Attaches attributes with their blobs written out by hand: Cecil would try to resolve what they name.</summary>
internal sealed class RawAttributes(ModuleDefinition module, TypeNames names)
{
    private TypeDefinition? isReadOnly;
    private TypeDefinition? isByRefLike;
    private bool marked;

    internal void OfType(ApiType type, TypeDefinition definition)
    {
        if (type.Extras["usage"] is string usage)
        {
            List<(string, bool)> named = [];
            if (type.Extras.Words.Contains("multiple"))
            {
                named.Add(("AllowMultiple", true));
            }

            if (type.Extras.Words.Contains("notinherited"))
            {
                named.Add(("Inherited", false));
            }

            byte[] value = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(value, int.Parse(usage));
            Add(definition, "System.AttributeUsageAttribute", ["System.AttributeTargets"], [.. value], named);
        }

        if (type.Extras.Words.Contains("flags"))
        {
            Add(definition, "System.FlagsAttribute", [], []);
        }

        if (type.Extras["indexer"] is string indexer)
        {
            Add(definition, "System.Reflection.DefaultMemberAttribute", ["System.String"], Text(indexer));
        }

        if (type.Extras.Words.Contains("excluded"))
        {
            // Not on the device: the mark that the dialect gate looks for.
            Add(definition, "System.Runtime.CompilerServices.ExcludeTypeAttribute", [], []);
        }

        Obsolete(definition, type.Extras);
        if (type.Modifiers.Contains("readonly"))
        {
            Internal(definition, ref isReadOnly, "IsReadOnlyAttribute");
        }

        if (type.Modifiers.Contains("ref"))
        {
            Internal(definition, ref isByRefLike, "IsByRefLikeAttribute");
        }
    }

    internal void Obsolete(ICustomAttributeProvider provider, ApiExtras extras)
    {
        if (extras["obsolete"] is string obsolete)
        {
            int blank = obsolete.IndexOf(' ');
            string message = blank < 0 ? "" : obsolete[(blank + 1)..];
            bool isError = obsolete.StartsWith("error", StringComparison.Ordinal);
            Add(provider, "System.ObsoleteAttribute", ["System.String", "System.Boolean"], [.. Text(message), isError ? (byte)1 : (byte)0]);
        }
    }

    internal void OfMethod(ApiMember member, MethodDefinition method)
    {
        Obsolete(method, member.Extras);
        if (member.Extras["conditional"] is string symbol)
        {
            Add(method, "System.Diagnostics.ConditionalAttribute", ["System.String"], Text(symbol));
        }

        if (member.Parameters.Any(parameter => parameter.Words.Contains("this")))
        {
            Extension(method);
            Once(method.DeclaringType);
            if (!marked)
            {
                marked = true;
                Extension(module.Assembly);
            }
        }
    }

    internal void OfParameter(ApiParameter parameter, ParameterDefinition definition)
    {
        if (parameter.Words.Contains("params"))
        {
            Add(definition, "System.ParamArrayAttribute", [], []);
        }

        if (parameter.Words.Contains("caller"))
        {
            Add(definition, "System.Runtime.CompilerServices.CallerMemberNameAttribute", [], []);
        }

        if (parameter.Expression is string expression)
        {
            Add(definition, "System.Runtime.CompilerServices.CallerArgumentExpressionAttribute", ["System.String"], Text(expression));
        }

        if (parameter.Words.Contains("in"))
        {
            Internal(definition, ref isReadOnly, "IsReadOnlyAttribute");
        }
    }

    private void Once(TypeDefinition type)
    {
        if (!type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ExtensionAttribute"))
        {
            Extension(type);
        }
    }

    private void Extension(ICustomAttributeProvider provider) =>
        Add(provider, "System.Runtime.CompilerServices.ExtensionAttribute", [], []);

    private void Add(
        ICustomAttributeProvider provider, string type, string[] parameters, byte[] fixedArguments, IReadOnlyList<(string Name,
        bool Value)>? named = null)
    {
        MethodReference constructor = new(".ctor", names.Resolve("System.Void"), names.Resolve(type)) { HasThis = true };
        foreach (string parameter in parameters)
        {
            constructor.Parameters.Add(new ParameterDefinition(names.Resolve(parameter)));
        }

        List<byte> blob = [1, 0, .. fixedArguments, (byte)(named?.Count ?? 0), 0];
        foreach ((string name, bool value) in named ?? [])
        {
            blob.AddRange([0x54, 0x02, .. Text(name), value ? (byte)1 : (byte)0]); // a property of type bool
        }

        provider.CustomAttributes.Add(new CustomAttribute(constructor, [.. blob]));
    }

    /// <summary>The compiler's marks on readonly and ref structs, which every assembly brings along as types of its own.</summary>
    private void Internal(ICustomAttributeProvider provider, ref TypeDefinition? type, string name)
    {
        if (type is null)
        {
            type = new TypeDefinition("System.Runtime.CompilerServices", name, TypeAttributes.NotPublic | TypeAttributes.Sealed,
                names.Resolve("System.Attribute"));
            type.Methods.Add(MemberBuilder.Body(new MethodDefinition(".ctor",
                MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
                names.Resolve("System.Void"))));
            module.Types.Add(type);
        }

        provider.CustomAttributes.Add(new CustomAttribute(type.Methods[0], [1, 0, 0, 0]));
    }

    /// <summary>A string of an attribute blob; all are shorter than 16,384 bytes.</summary>
    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length < 0x80 ? [(byte)bytes.Length, .. bytes] : [(byte)(0x80 | (bytes.Length >> 8)), (byte)bytes.Length, .. bytes];
    }
}
