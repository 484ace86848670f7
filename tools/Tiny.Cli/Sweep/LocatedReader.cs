using System.Globalization;
using System.Text.Json;
using Tiny.Training.Data;

namespace Tiny.Cli.Sweep;

/// <summary>What reads a JSON file by its keys; every fault names line and key.</summary>
/// <param name="path">The file.</param>
internal abstract class LocatedReader(string path)
{
    protected static LocatedJson? Get(LocatedJson parent, string name) =>
        parent.Members.FirstOrDefault(member => member.Name == name).Value;

    protected double Required(LocatedJson parent, string name, string key) =>
        Get(parent, name) is null
        ? throw Fault(parent.Line, $"{key}.{name}", "is missing.") : Number(parent, name, 0, -1e12, 1e12, key + ".");

    protected double Number(LocatedJson parent, string name, double usual, double least, double most, string prefix = "")
    {
        if (Get(parent, name) is not LocatedJson value)
        {
            return usual;
        }

        Expect(value, prefix + name, JsonTokenType.Number);
        double number = double.Parse(value.Text, CultureInfo.InvariantCulture);
        return number >= least && number <= most
            ? number : throw Fault(value.Line, prefix + name, $"is {value.Text}; expected {Plain(least)} to {Plain(most)}.");
    }

    protected int Whole(LocatedJson parent, string name, int usual, int least, int most, string prefix = "")
    {
        double number = Number(parent, name, usual, least, most, prefix);
        return number == Math.Floor(number)
            ? (int)number : throw Fault(Get(parent, name)!.Line, prefix + name, $"is {Plain(number)}; expected a whole number.");
    }

    protected T Choice<T>(LocatedJson value, string key)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
        return names.Contains(value.Text) ? Enum.Parse<T>(value.Text, ignoreCase: true) : throw Fault(
            value.Line, key, $"is \"{value.Text}\"; expected {string.Join(", ", names)}.");
    }

    protected void CheckKeys(LocatedJson parent, string prefix, string[] known)
    {
        foreach ((string name, int line, _) in parent.Members)
        {
            if (!known.Contains(name))
            {
                string? near = Suggestion.For(name, known);
                throw Fault(line, prefix + name,
                    $"is unknown; expected {string.Join(", ", known)}.{(near is null ? "" : $" Did you mean {near}?")}");
            }

            if (parent.Members.Count(member => member.Name == name) > 1)
            {
                throw Fault(line, prefix + name, "stands there twice.");
            }
        }
    }

    /// <summary>Expects a string with something in it that a command line can hold.</summary>
    protected void Text(LocatedJson value, string key)
    {
        Expect(value, key, JsonTokenType.String);
        if (string.IsNullOrWhiteSpace(value.Text) || value.Text.Contains('\0'))
        {
            throw Fault(value.Line, key, value.Text.Contains('\0') ? "holds the character 0." : "is an empty string.");
        }
    }

    protected void Expect(LocatedJson value, string key, JsonTokenType kind)
    {
        if (value.Kind != kind)
        {
            string expected = kind switch
            {
                JsonTokenType.StartObject => "an object",
                JsonTokenType.StartArray => "a list",
                JsonTokenType.Number => "a number",
                _ => "a string"
            };
            throw Fault(value.Line, key, $"is {value.KindInWords}; expected {expected}.");
        }
    }

    protected static string Plain(double number) => number.ToString(CultureInfo.InvariantCulture);

    protected UsageException Fault(int line, string key, string text) => new($"{path}, line {line}: {key} {text}");
}
