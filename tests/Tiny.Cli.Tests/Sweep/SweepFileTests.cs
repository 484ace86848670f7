using Tiny.Cli.Sweep;

namespace Tiny.Cli.Tests.Sweep;

public sealed class SweepFileTests : WorkFolder
{
    [Theory]
    [InlineData("\"lr\": [0.01, 0.010]", "line 3: space.lr holds 0.010 twice")]
    [InlineData("\"lr\": [\"1e-2\", 0.01]", "line 3: space.lr holds 0.01 twice")]
    [InlineData("\"layers\": [\"8\", \"16\", 8]", "line 3: space.layers holds 8 twice")]
    [InlineData("\"activation\": [\"relu\", \"\"]", "line 3: space.activation holds an empty string")]
    [InlineData("\"activation\": [\" \"]", "line 3: space.activation holds an empty string")]
    [InlineData("\"activation\": [null]", "line 3: space.activation holds null")]
    [InlineData("\"activation\": [[\"relu\"]]", "line 3: space.activation holds a list")]
    [InlineData("\"activation\": []", "line 3: space.activation is empty")]
    public void Lists(string space, string words) => Refuses($"{{ \"data\": \"d.csv\",\n\"space\": {{\n{space} }} }}", words);

    [Theory]
    [InlineData("\"lr\": { \"min\": 0.1, \"max\": 0.1 }", "goes from 0.1 to 0.1: expected max above min")]
    [InlineData("\"lr\": { \"min\": 0.2, \"max\": 0.1 }", "goes from 0.2 to 0.1: expected max above min")]
    [InlineData("\"lr\": { \"min\": 0.1, \"max\": 0.100001 }", "nothing but 0.1 can be drawn")]
    [InlineData("\"layers\": { \"min\": 8.1, \"max\": 8.4 }", "nothing but 8 can be drawn")]
    [InlineData("\"lr\": { \"min\": 0, \"max\": 1, \"scale\": \"log\" }", "min above 0 on a log scale")]
    [InlineData("\"lr\": { \"min\": 0.1, \"max\": 1e999 }", "space.lr.max is 1e999")]
    [InlineData("\"lr\": { \"min\": -1e300, \"max\": 1 }", "space.lr.min is -1e300")]
    [InlineData("\"lr\": { \"min\": 0.1 }", "space.lr.max is missing")]
    [InlineData("\"lr\": { \"min\": \"nan\", \"max\": 1 }", "space.lr.min is a string; expected a number")]
    public void Ranges(string space, string words) =>
        Refuses($"{{ \"data\": \"d.csv\", \"search\": \"random\", \"trials\": 4,\n\"space\": {{\n{space} }} }}", "line 3", words);

    [Theory]
    [InlineData("\"data\": \"\", ", "line 2: data is an empty string")]
    [InlineData("\"data\": \"a\\u0000b\", ", "line 2: data holds the character 0")]
    [InlineData("\"data\": \"\\ud800\", ", "line 2: is not JSON")]
    [InlineData("\"data\": \"d\", \"options\": [\"\"], ", "line 2: options is an empty string")]
    [InlineData("\"data\": \"d\", \"validation\": 0, ", "line 2: validation is 0; expected 0.01 to 0.9")]
    [InlineData("\"data\": \"d\", \"validation\": 1e999, ", "line 2: validation is 1e999")]
    [InlineData("\"data\": \"d\", \"within\": -1, ", "line 2: within is -1")]
    [InlineData("\"data\": \"d\", \"seed\": 2147483647, \"repeats\": 2, ", "line 2: seed is 2147483647, and with 2 repeats")]
    [InlineData("\"data\": \"d\", \"repeats\": 1e20, ", "line 2: repeats is 1e20")]
    [InlineData("\"data\": \"d\", \"search\": \"random\", \"trials\": 3, ", "line 2: trials is 3, but the space has only 2 configurations")]
    [InlineData("\"data\": \"d\", \"search\": \"random\", \"trials\": 1e999, ", "line 2: trials is 1e999")]
    [InlineData("\"data\": \"d\", \"constraints\": { \"max_ram\": \"1e999\" }, ", "line 2: constraints.max_ram is 1e999")]
    [InlineData("\"data\": \"d\", \"constraints\": { \"max_ms\": 0 }, ", "line 2: constraints.max_ms is 0")]
    [InlineData("\"data\": \"d\", \"constraints\": { \"max_bytes\": {} }, ", "line 2: constraints.max_bytes is an object")]
    [InlineData("\"data\": \"d\", \"constraints\": { \"board\": [] }, ", "line 2: constraints.board is a list")]
    public void Keys(string keys, string words) => Refuses($"{{\n{keys}\n\"space\": {{ \"layers\": [\"4\", \"8\"] }} }}", words);

    [Fact]
    public void What_a_sweep_comes_to()
    {
        string many = string.Join(", ", Enumerable.Range(1, 4000));
        Refuses($"{{ \"data\": \"d\",\n\"space\": {{ \"layers\": [{many}], \"batch\": [{many}] }} }}",
            "line 2: space makes a grid of 16000000 configurations");
        Refuses("{ \"data\": \"d\", \"search\": \"halving\", \"trials\": 1000,\n\"halving\": { \"epochs\": 100000, \"keep\": 5 }, "
            + "\"space\": { \"lr\": { \"min\": 0.1, \"max\": 1 } } }",
            "line 2: halving comes to 62500000 epochs in rung 5");
    }

    private void Refuses(string text, params string[] words)
    {
        UsageException error = Assert.Throws<UsageException>(() => SweepFile.Read(Write("s.json", text)));
        Assert.StartsWith(At("s.json"), error.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }
}
