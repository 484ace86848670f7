using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tiny.Training.Data;

namespace Tiny.Studio.Serving;

/// <summary>
/// What a request asks: its address, or its body, one small JSON object. Each value is there and of its kind, or the request is refused in
/// words.
/// </summary>
internal sealed class Query
{
    private const int Deepest = 8;

    private readonly JsonObject values;

    private Query(JsonObject values)
    {
        this.values = values;
    }

    /// <summary>The values of the address.</summary>
    internal static Query OfAddress(HttpRequest request) =>
        new(new JsonObject(request.Query
            .Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonValue.Create(entry.Value.Count == 1 ? entry.Value[0] : null)))));

    /// <summary>The body.</summary>
    /// <exception cref="SelectionException">It is no JSON object.</exception>
    internal static async Task<Query> OfBody(HttpRequest request)
    {
        try
        {
            JsonNode? body = await JsonNode.ParseAsync(
                request.Body, null, new JsonDocumentOptions { MaxDepth = Deepest }, request.HttpContext.RequestAborted);
            return body is JsonObject values && values.Count >= 0
                ? new Query(values)
                : throw new SelectionException("The request's body is no JSON object.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new SelectionException($"The request's body is not JSON: {error.Message}");
        }
    }

    /// <summary>An object of a list in the body.</summary>
    internal IReadOnlyList<Query> List(string name) => values[name] switch
    {
        null => [],
        JsonArray list => [.. list.Select(entry => entry is JsonObject one ? new Query(one) : throw Wrong(name, "a list of objects"))],
        _ => throw Wrong(name, "a list"),
    };

    /// <summary>Whether there is a value.</summary>
    internal bool Has(string name) => values[name] is not null;

    /// <summary>A text.</summary>
    internal string Text(string name) =>
        Value(name) is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(name, "a text");

    /// <summary>A text, "" where there is none.</summary>
    internal string TextOrNone(string name) => Has(name) ? Text(name) : "";

    /// <summary>A whole number within bounds.</summary>
    internal long Number(string name, long least, long most) =>
        (long)Real(name, least, most) is long whole && whole == Real(name, least, most) ? whole : throw Wrong(name, "a whole number");

    /// <summary>A number within bounds.</summary>
    internal double Real(string name, double least, double most)
    {
        JsonValue? value = Value(name) as JsonValue;
        double number = double.NaN;
        bool isNumber = value is not null && (value.TryGetValue(out number)
            || (value.TryGetValue(out string? text)
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)));
        return isNumber && number >= least && number <= most
            ? number
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
    }

    /// <summary>Yes or no, no where there is none.</summary>
    internal bool Flag(string name) =>
        Has(name) && (Value(name) is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Wrong(name, "true or false"));

    /// <summary>A list of texts.</summary>
    internal IReadOnlyList<string> Texts(string name) => values[name] is JsonArray list
        ? [.. list.Select(entry =>
            entry is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(name, "a list of texts"))]
        : throw Wrong(name, "a list of texts");

    private JsonNode? Value(string name) => values[name];

    private static SelectionException Wrong(string name, string expected) => new($"\"{name}\" is missing or wrong: expected {expected}.");
}
