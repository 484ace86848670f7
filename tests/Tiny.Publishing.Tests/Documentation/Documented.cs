using System.Reflection;
using System.Xml.Linq;
using Tiny.Tests;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>The device libraries as they are built for the desk, with what their documentation files say.</summary>
internal static class Documented
{
    private static readonly Dictionary<string, XElement> Members = new(StringComparer.Ordinal);

    static Documented()
    {
        Libraries = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!)
            .Where(name => File.Exists(Path.Combine(Repository.Root, "src", name, name + ".nuspec")))];
        foreach (string library in Libraries)
        {
            XDocument file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, library + ".xml"), LoadOptions.PreserveWhitespace);
            foreach (XElement member in file.Descendants("member"))
            {
                Members[member.Attribute("name")!.Value] = member;
            }
        }
    }

    internal static IReadOnlyList<string> Libraries { get; }

    internal static IEnumerable<Type> PublicTypes => Libraries.SelectMany(library => Assembly.Load(library).GetExportedTypes());

    /// <summary>What is said of a type; null where nothing is.</summary>
    internal static XElement? Of(Type type) => Members.GetValueOrDefault("T:" + Name(type));

    /// <summary>What is said of a method or constructor; null where nothing is.</summary>
    internal static XElement? Of(MethodBase method)
    {
        string parameters = string.Join(',', method.GetParameters().Select(parameter => Name(parameter.ParameterType)));
        string name = method.IsConstructor ? "#ctor" : method.Name;
        return Members.GetValueOrDefault($"M:{Name(method.DeclaringType!)}.{name}{(parameters.Length == 0 ? "" : $"({parameters})")}");
    }

    private static string Name(Type type) =>
        type.IsByRef ? Name(type.GetElementType()!) + "@"
        : type.IsArray ? Name(type.GetElementType()!) + "[]"
        : type.FullName!.Replace('+', '.');
}
