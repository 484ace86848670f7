using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tiny.Reference;

/// <summary>
/// Adds fields, properties, events and methods to a type. Bodies throw nothing and do nothing: nobody runs a reference assembly.
/// </summary>
internal sealed class MemberBuilder(TypeNames names, RawAttributes attributes, ApiType type, TypeDefinition definition)
{
    private const MethodAttributes Special = MethodAttributes.SpecialName | MethodAttributes.HideBySig;

    internal static MethodDefinition Body(MethodDefinition method)
    {
        if (!method.IsAbstract && !method.IsRuntime)
        {
            ILProcessor il = method.Body.GetILProcessor();
            il.Emit(OpCodes.Ldnull);
            il.Emit(OpCodes.Throw);
        }

        return method;
    }

    internal void Add(ApiMember member)
    {
        switch (member.Kind)
        {
            case 'F':
                AddField(member);
                break;
            case 'P':
                AddProperty(member);
                break;
            case 'E':
                AddEvent(member);
                break;
            default:
                AddMethod(member);
                break;
        }
    }

    private void AddField(ApiMember member)
    {
        FieldAttributes flags = member.Modifiers.Contains("protected") ? FieldAttributes.Family : FieldAttributes.Public;
        bool constant = member.Modifiers.Contains("const");
        flags |= constant ? FieldAttributes.Static | FieldAttributes.Literal | FieldAttributes.HasDefault : 0;
        flags |= member.Modifiers.Contains("static") ? FieldAttributes.Static : 0;
        flags |= member.Modifiers.Contains("readonly") ? FieldAttributes.InitOnly : 0;
        FieldDefinition field = new(member.Name, flags, names.Resolve(member.Type));
        if (constant)
        {
            string underlying = type.Kind == "enum" ? type.Bases.FirstOrDefault() ?? "System.Int32" : member.Type;
            field.Constant = ApiConstant.Parse(
                member.Value ?? throw new ApiTableException($"{type.FullName}.{member.Name}: a constant without a value."), underlying);
        }

        attributes.Obsolete(field, member.Extras);
        definition.Fields.Add(field);
    }

    private void AddProperty(ApiMember member)
    {
        TypeReference value = names.Resolve(member.Type);
        PropertyDefinition property = new(member.Name, PropertyAttributes.None, value);
        foreach (string accessor in member.Accessors)
        {
            bool protectedSet = accessor.StartsWith("protected ", StringComparison.Ordinal);
            bool get = accessor.EndsWith("get", StringComparison.Ordinal);
            MethodAttributes flags = Flags(member) | Special;
            flags = protectedSet ? (flags & ~MethodAttributes.MemberAccessMask) | MethodAttributes.Family : flags;
            MethodDefinition method = new((get ? "get_" : "set_") + member.Name, flags, get ? value : names.Resolve("System.Void"));
            AddParameters(method, member.Parameters);
            if (!get)
            {
                method.Parameters.Add(new ParameterDefinition("value", ParameterAttributes.None, value));
            }

            definition.Methods.Add(Body(method));
            property.GetMethod = get ? method : property.GetMethod;
            property.SetMethod = get ? property.SetMethod : method;
        }

        attributes.Obsolete(property, member.Extras);
        definition.Properties.Add(property);
    }

    private void AddEvent(ApiMember member)
    {
        TypeReference handler = names.Resolve(member.Type);
        EventDefinition added = new(member.Name, EventAttributes.None, handler)
        {
            AddMethod = Accessor("add_"),
            RemoveMethod = Accessor("remove_"),
        };
        definition.Events.Add(added);

        MethodDefinition Accessor(string prefix)
        {
            MethodDefinition method = new(prefix + member.Name, Flags(member) | Special, names.Resolve("System.Void"));
            method.Parameters.Add(new ParameterDefinition("value", ParameterAttributes.None, handler));
            definition.Methods.Add(Body(method));
            return method;
        }
    }

    private void AddMethod(ApiMember member)
    {
        bool constructor = member.Name is ".ctor" or ".cctor";
        MethodAttributes flags = Flags(member) | MethodAttributes.HideBySig;
        flags |= constructor ? MethodAttributes.SpecialName | MethodAttributes.RTSpecialName : 0;
        flags |= member.Name.StartsWith("op_", StringComparison.Ordinal) ? MethodAttributes.SpecialName : 0;
        MethodDefinition method = new(member.Name, flags, names.Resolve(member.Type));
        if (type.Kind == "delegate")
        {
            method.ImplAttributes = MethodImplAttributes.Runtime | MethodImplAttributes.Managed;
        }

        AddParameters(method, member.Parameters);
        definition.Methods.Add(Body(method));
        attributes.OfMethod(member, method);
    }

    private MethodAttributes Flags(ApiMember member)
    {
        MethodAttributes flags = member.Modifiers.Contains("protected") ? MethodAttributes.Family : MethodAttributes.Public;
        bool isInterface = type.Kind == "interface";
        bool isAbstract = isInterface || member.Modifiers.Contains("abstract");
        bool isOverride = member.Modifiers.Contains("override");
        bool isVirtual = isAbstract || isOverride || member.Modifiers.Contains("virtual");
        flags |= member.Modifiers.Contains("static") ? MethodAttributes.Static : 0;
        flags |= isVirtual ? MethodAttributes.Virtual : 0;
        flags |= isVirtual && !isOverride ? MethodAttributes.NewSlot : 0;
        flags |= isAbstract ? MethodAttributes.Abstract : 0;
        return flags | (member.Modifiers.Contains("final") ? MethodAttributes.Final : 0);
    }

    private void AddParameters(MethodDefinition method, IReadOnlyList<ApiParameter> parameters)
    {
        foreach (ApiParameter parameter in parameters)
        {
            bool reference = parameter.Words.Overlaps(["out", "in", "ref"]);
            ParameterAttributes flags = parameter.Words.Contains("out") ? ParameterAttributes.Out
                : parameter.Words.Contains("in") ? ParameterAttributes.In
                : ParameterAttributes.None;
            TypeReference value = names.Resolve(parameter.Type);
            ParameterDefinition added = new(parameter.Name, flags, reference ? new ByReferenceType(value) : value);
            if (parameter.Value is not null)
            {
                added.Attributes |= ParameterAttributes.Optional | ParameterAttributes.HasDefault;
                added.Constant = ApiConstant.Parse(parameter.Value, parameter.Type);
            }

            method.Parameters.Add(added);
            attributes.OfParameter(parameter, added);
        }
    }
}
