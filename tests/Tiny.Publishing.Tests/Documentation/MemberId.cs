using System.Reflection;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>The IDs under which documentation files name members.</summary>
internal static class MemberId
{
    internal static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + Name(type),
        MethodBase method => $"M:{Owner(method)}.{MethodName(method)}{Parameters(method.GetParameters())}",
        PropertyInfo property => $"P:{Owner(property)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        FieldInfo => $"F:{Owner(member)}.{member.Name}",
        _ => $"E:{Owner(member)}.{member.Name}",
    };

    private static string Owner(MemberInfo member) => Name(member.DeclaringType!);

    private static string MethodName(MethodBase method) => method.Name.Replace('.', '#')
        + (method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "");

    private static string Parameters(ParameterInfo[] parameters) => parameters.Length == 0
        ? "" : $"({string.Join(',', parameters.Select(parameter => Name(parameter.ParameterType)))})";

    private static string Name(Type type) =>
        type.IsByRef ? Name(type.GetElementType()!) + "@"
        : type.IsArray ? Name(type.GetElementType()!) + "[]"
        : type.IsGenericParameter ? (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition
        : type.IsConstructedGenericType ? Generic(type)
        : type.FullName!.Replace('+', '.');

    private static string Generic(Type type)
    {
        string name = type.GetGenericTypeDefinition().FullName!.Replace('+', '.');
        return $"{name[..name.IndexOf('`')]}{{{string.Join(',', type.GetGenericArguments().Select(Name))}}}";
    }
}
