using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>What the documentation of a public type must say of it. Each rule gives the faults it finds, in words.</summary>
/// <param name="say">What is said under an ID; null where nothing is.</param>
internal sealed class ApiRules(Func<string, XElement?> say)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Spans = [typeof(Span<>), typeof(ReadOnlySpan<>), typeof(Memory<>), typeof(ReadOnlyMemory<>)];

    /// <summary>A type has an example, or a seealso that leads to a type with one.</summary>
    internal IEnumerable<string> Example(Type type)
    {
        if (type.IsEnum || type.IsAssignableTo(typeof(Exception)) || IsConstants(type) || HasExample(say(MemberId.Of(type))))
        {
            return [];
        }

        string[] pointers = [.. (say(MemberId.Of(type))?.Elements("seealso") ?? []).Select(see => see.Attribute("cref")?.Value ?? "")];
        return pointers.Any(pointer => HasExample(say(pointer))) ? []
            : [$"{type}: expected an <example>, or a <seealso> to a type that has one, found \"{string.Join(' ', pointers)}\"."];
    }

    /// <summary>A member says the shape of every array and span that it takes or gives, as (inputs), or that it holds bytes.</summary>
    internal IEnumerable<string> Shapes(Type type) =>
        from member in Members(type)
        let said = say(MemberId.Of(member))
        where !IsInherited(said)
        from fault in Parameters(member).Where(parameter => HoldsElements(parameter.ParameterType))
            .Where(parameter => !SaysShape(Parameter(said, parameter.Name!)))
            .Select(parameter => parameter.Name!)
            .Concat(HoldsElements(ResultOf(member)) && !SaysShape(said?.Element("summary")) && !SaysShape(said?.Element("returns"))
                ? ["what it gives"] : [])
        select $"{MemberId.Of(member)}: {fault} is an array without a shape, such as (inputs), or bytes.";

    /// <summary>A member says what it throws.</summary>
    internal IEnumerable<string> Exceptions(Type type) =>
        from member in Members(type)
        let said = say(MemberId.Of(member))
        where !IsInherited(said)
        let named = (said?.Elements("exception") ?? []).Select(element => element.Attribute("cref")?.Value).ToHashSet()
        from thrown in Bodies(member).SelectMany(Throwing.Of).Distinct()
        where !Kinds(thrown).Any(kind => named.Contains(MemberId.Of(kind)))
        select $"{MemberId.Of(member)}: throws {thrown.Name} and does not say when.";

    /// <summary>All that a rule looks at: what a program can call or read.</summary>
    internal static IEnumerable<MemberInfo> Members(Type type) => type.IsEnum || type.IsAssignableTo(typeof(Delegate)) ? []
        : type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member switch
        {
            MethodInfo method => !method.IsSpecialName && Throwing.IsVisible(method) && !IsOfObject(method),
            ConstructorInfo constructor => !constructor.IsStatic && Throwing.IsVisible(constructor),
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(Throwing.IsVisible),
            FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
            _ => false,
        });

    private static bool HasExample(XElement? said) => said?.Element("example")?.Element("code") is not null;

    private static bool IsInherited(XElement? said) => said?.Element("inheritdoc") is not null;

    // Constants alone, and nothing to call.
    private static bool IsConstants(Type type) => type.IsAbstract && type.IsSealed && Members(type).All(member => member is FieldInfo);

    private static bool IsOfObject(MethodInfo method) => method.GetBaseDefinition().DeclaringType == typeof(object);

    private static ParameterInfo[] Parameters(MemberInfo member) => member switch
    {
        MethodBase method => method.GetParameters(),
        PropertyInfo property => property.GetIndexParameters(),
        _ => [],
    };

    private static Type ResultOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.ReturnType,
        PropertyInfo property => property.PropertyType,
        FieldInfo field => field.FieldType,
        _ => typeof(void),
    };

    private static IEnumerable<MethodBase> Bodies(MemberInfo member) => member switch
    {
        MethodBase method => [method],
        PropertyInfo property => property.GetAccessors(nonPublic: true),
        _ => [],
    };

    private static bool HoldsElements(Type type) =>
        type.IsByRef ? HoldsElements(type.GetElementType()!)
        : type.IsArray || (type.IsGenericType
            && (Spans.Contains(type.GetGenericTypeDefinition()) || type.GetGenericArguments().Any(HoldsElements)));

    private static XElement? Parameter(XElement? said, string name) =>
        said?.Elements("param").FirstOrDefault(element => element.Attribute("name")!.Value == name);

    private static bool SaysShape(XElement? element) =>
        element is not null && (element.Value.Contains('(') || element.Value.Contains("byte") || element.Value.Contains("blob"));

    // The exception and what it is a kind of; Exception itself says nothing.
    private static IEnumerable<Type> Kinds(Type thrown)
    {
        for (Type? kind = thrown; kind is not null && kind != typeof(Exception) && kind != typeof(SystemException); kind = kind.BaseType)
        {
            yield return kind;
        }
    }
}
