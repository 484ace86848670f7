using System.Reflection;
using System.Xml.Linq;
using Tiny.Tests;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>The libraries as they are built for the desk, with what their documentation files say.</summary>
internal static class Documented
{
    private static readonly Dictionary<string, XElement> Members = new(StringComparer.Ordinal);

    static Documented()
    {
        Libraries = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!)
            .Where(name => File.Exists(Path.Combine(Repository.Root, "src", name, name + ".nuspec")))];
        foreach (string library in Libraries.Concat(DeskLibraries))
        {
            XDocument file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, library + ".xml"), LoadOptions.PreserveWhitespace);
            foreach (XElement member in file.Descendants("member"))
            {
                Members[member.Attribute("name")!.Value] = member;
            }
        }
    }

    /// <summary>The libraries that a device has.</summary>
    internal static IReadOnlyList<string> Libraries { get; }

    /// <summary>Those that the desk has besides.</summary>
    internal static IReadOnlyList<string> DeskLibraries { get; } = ["Tiny.Desk", "Tiny.Training"];

    /// <summary>Public types of the device libraries.</summary>
    internal static IEnumerable<Type> PublicTypes => TypesOf(Libraries);

    /// <summary>Public types of those of the desk.</summary>
    internal static IEnumerable<Type> DeskTypes => TypesOf(DeskLibraries);

    /// <summary>What is said of a type; null where nothing is.</summary>
    internal static XElement? Of(Type type) => Of(MemberId.Of(type));

    /// <summary>What is said of a method or constructor; null where nothing is.</summary>
    internal static XElement? Of(MethodBase method) => Of(MemberId.Of(method));

    /// <summary>What is said under an ID, such as T:Tiny.Core.Network; null where nothing is.</summary>
    internal static XElement? Of(string id) => Members.GetValueOrDefault(id);

    private static IEnumerable<Type> TypesOf(IEnumerable<string> libraries) =>
        libraries.SelectMany(library => Assembly.Load(library).GetExportedTypes()).Where(type => !type.Name.StartsWith('<'));
}
