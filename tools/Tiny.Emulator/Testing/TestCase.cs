using Mono.Cecil;

namespace Tiny.Emulator.Testing;

/// <summary>A test of a device test assembly: a method, with the values of one data row if it has any.</summary>
/// <param name="Class">The test class.</param>
/// <param name="Method">The test method.</param>
/// <param name="Arguments">The data row's values.</param>
public sealed record TestCase(TypeDefinition Class, MethodDefinition Method, IReadOnlyList<object?> Arguments)
{
    /// <summary>Class and method, with the values of a data row.</summary>
    public string Name => Arguments.Count == 0
        ? $"{Class.Name}.{Method.Name}"
        : $"{Class.Name}.{Method.Name}({string.Join(' ', Arguments)})";

    /// <summary>All tests of an assembly, in the order they are declared.</summary>
    public static IReadOnlyList<TestCase> Find(AssemblyDefinition assembly) =>
    [
        .. from type in assembly.MainModule.GetTypes()
           where Has(type, "TestClassAttribute")
           from method in type.Methods
           from test in Rows(type, method)
           select test,
    ];

    internal static bool Has(ICustomAttributeProvider provider, string attribute) =>
        provider.CustomAttributes.Any(a => a.AttributeType.Name == attribute);

    private static IEnumerable<TestCase> Rows(TypeDefinition type, MethodDefinition method)
    {
        CustomAttribute[] rows = [.. method.CustomAttributes.Where(a => a.AttributeType.Name == "DataRowAttribute")];
        foreach (CustomAttribute row in rows)
        {
            CustomAttributeArgument[] values = (CustomAttributeArgument[])row.ConstructorArguments[0].Value;
            yield return new TestCase(
                type, method, [.. values.Select(value => value.Value is CustomAttributeArgument inner ? inner.Value : value.Value)]);
        }

        if (rows.Length == 0 && Has(method, "TestMethodAttribute"))
        {
            yield return new TestCase(type, method, []);
        }
    }
}
