using System.Reflection;
using System.Xml.Linq;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>
/// The reference of the API: every public type has an example that compiles or leads to one, every array has a shape, and every exception
/// is named. Each rule can be broken.
/// </summary>
public class ApiDocumentationTests
{
    private static readonly Type[] All = [.. Documented.PublicTypes, .. Documented.DeskTypes];
    private static readonly ApiRules Rules = new(Documented.Of);

    // What a callee throws in other cases alone, with the reason.
    private static readonly Dictionary<string, string> NeverThrown = new()
    {
        ["M:Tiny.Features.FeatureDescription.ToBytes: throws ArgumentNullException"] = "A signal has no channel without a name and a unit.",
        ["M:Tiny.Training.Data.CsvText.Fields(System.String): throws DataException"] = "A text in memory has an end.",
        ["M:Tiny.Training.Data.CsvText.Records(System.String): throws DataException"] = "A text in memory has an end.",
    };

    [Fact]
    public void All_types_and_members_are_looked_at()
    {
        int members = All.Sum(type => ApiRules.Members(type).Count());
        int bodies = All.SelectMany(ApiRules.Members).OfType<MethodBase>().Count(method => Throwing.Of(method).Count > 0);
        Assert.True(All.Length > 450 && members > 2000 && bodies > 150, $"{All.Length} types, {members} members, {bodies} that throw.");
        Assert.All(All.SelectMany(ApiRules.Members).Where(IsOfSource), member => Assert.NotNull(Documented.Of(MemberId.Of(member))));
    }

    [Fact]
    public void Every_type_has_an_example_or_leads_to_one() => AssertNone(Rules.Example);

    [Fact]
    public void Every_array_has_a_shape() => AssertNone(Rules.Shapes);

    [Fact]
    public void Every_exception_is_named() =>
        AssertNone(type => Rules.Exceptions(type).Where(fault => !NeverThrown.Keys.Any(fault.StartsWith)));

    [Fact]
    public void What_is_never_thrown_would_be_found()
    {
        string[] faults = [.. All.SelectMany(Rules.Exceptions)];
        Assert.All(NeverThrown.Keys, never => Assert.Contains(faults, fault => fault.StartsWith(never, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_example_compiles()
    {
        string[] faults =
        [
            .. Documented.PublicTypes.SelectMany(type => Faults(type, example => Example.Errors(example).Select(error => error.Message))),
            .. Documented.DeskTypes.SelectMany(type => Faults(type, DeskExample.Errors)),
        ];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
        Assert.True(All.Count(HasExample) > 150);
    }

    [Fact]
    public void An_example_of_the_desk_that_does_not_compile_is_found() =>
        Assert.NotEmpty(DeskExample.Errors("using Trainer trainer = new(data.Schema, rows);"));

    [Theory]
    [InlineData("<summary>What it is for.</summary>", 1)]
    [InlineData("<seealso cref=\"T:Nothing\"/>", 1)]
    [InlineData("<seealso cref=\"T:Shown\"/>", 0)]
    [InlineData("<example>In words.</example>", 1)]
    [InlineData("<example><code>Planted planted = new();</code></example>", 0)]
    public void A_type_without_an_example_is_a_fault(string said, int faults)
    {
        XElement shown = XElement.Parse("<member><example><code>x</code></example></member>");
        ApiRules rules = new(id => id == "T:Shown" ? shown : id == MemberId.Of(typeof(Planted)) ? Said(said) : null);
        Assert.Equal(faults, rules.Example(typeof(Planted)).Count());
    }

    [Theory]
    [InlineData("<param name=\"values\">The values.</param><returns>(rows).</returns>", 1)]
    [InlineData("<param name=\"values\">(inputs).</param><returns>The sums.</returns>", 1)]
    [InlineData("<summary>Sums.</summary>", 2)]
    [InlineData("<param name=\"values\">(inputs).</param><returns>(rows).</returns>", 0)]
    [InlineData("<summary>The bytes.</summary><param name=\"values\">The bytes.</param>", 0)]
    [InlineData("<inheritdoc/>", 0)]
    public void An_array_without_a_shape_is_a_fault(string said, int faults) =>
        Assert.Equal(faults, Only(nameof(Planted.Sums), said).Shapes(typeof(Planted)).Count(fault => fault.Contains("Sums")));

    [Theory]
    [InlineData(nameof(Planted.Throws), "System.ArgumentException", 0)]
    [InlineData(nameof(Planted.Throws), "System.ArgumentOutOfRangeException", 0)]
    [InlineData(nameof(Planted.Throws), "System.InvalidOperationException", 1)]
    [InlineData(nameof(Planted.ThrowsInside), "System.ArgumentOutOfRangeException", 0)]
    [InlineData(nameof(Planted.ThrowsInside), "System.Exception", 1)]
    [InlineData(nameof(Planted.ThrowsByHelper), "System.ArgumentNullException", 0)]
    [InlineData(nameof(Planted.ThrowsByHelper), "System.IO.IOException", 1)]
    [InlineData(nameof(Planted.Catches), "System.Exception", 0)]
    public void An_exception_that_is_not_named_is_a_fault(string member, string named, int faults)
    {
        string said = $"<exception cref=\"T:{named}\">Always.</exception>";
        Assert.Equal(faults, Only(member, said).Exceptions(typeof(Planted)).Count(fault => fault.Contains($"{member}(")));
    }

    [Fact]
    public void A_method_has_the_ID_of_its_documentation_file()
    {
        Assert.Equal("M:System.Array.IndexOf``1(``0[],``0)", MemberId.Of(typeof(Array).GetMethods()
            .Single(method => method.Name == "IndexOf" && method.IsGenericMethod && method.GetParameters().Length == 2)));
        Assert.Equal("P:System.Collections.Generic.List`1.Item(System.Int32)", MemberId.Of(typeof(List<>).GetProperty("Item")!));
    }

    private static void AssertNone(Func<Type, IEnumerable<string>> rule)
    {
        string[] faults = [.. All.SelectMany(rule)];
        Assert.True(faults.Length == 0, $"{faults.Length} faults:\n{string.Join('\n', faults)}");
    }

    // What the compiler makes has no documentation, such as the members of a record, or a constructor that nobody wrote.
    private static bool IsOfSource(MemberInfo member) => member is MethodInfo && !member.Name.Contains('<')
        && member.DeclaringType!.GetMethod("<Clone>$") is null && !member.DeclaringType.IsValueType;

    private static bool HasExample(Type type) => Documented.Of(type)?.Element("example") is not null;

    private static IEnumerable<string> Faults(Type type, Func<string, IEnumerable<string>> compile) =>
        HasExample(type)
            ? compile(Documented.Of(type)!.Element("example")!.Element("code")!.Value).Select(error => $"{type}: {error}") : [];

    private static XElement Said(string text) => XElement.Parse($"<member>{text}</member>");

    private static ApiRules Only(string member, string said) => new(id => id.Contains($".{member}(") ? Said(said) : null);

    /// <summary>What the rules are tried on.</summary>
    public class Planted
    {
        public static float[] Sums(float[] values) => values;

        public static void Throws(int row) => throw new ArgumentOutOfRangeException(nameof(row));

        public static void ThrowsInside(int row) => Check(row);

        public static void ThrowsByHelper(string name) => ArgumentNullException.ThrowIfNull(name);

        public static bool Catches(int row)
        {
            try
            {
                Check(row);
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        private static void Check(int row)
        {
            if (row < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(row));
            }
        }
    }
}
