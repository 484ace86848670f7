using System.Globalization;
using Tiny.Features;
using Tiny.Training.Data;

namespace Tiny.Studio.Exporting;

/// <summary>
/// What a sample reads its model's channels from: an MPU-6050 where they are three in a unit of acceleration, else analog inputs.
/// </summary>
/// <param name="Channels">The model's channels.</param>
internal sealed record SampleSensor(Signal Channels)
{
    private const int UsualRate = 50;
    private const double MostOff = 0.05; // of the rate, as the device refuses more

    private static readonly Dictionary<string, string> Scales = new(StringComparer.Ordinal)
    {
        [""] = "",
        ["counts"] = "",
        ["g"] = "1f / 8192f",
        ["m/s2"] = "9.80665f / 8192f",
        ["m/s^2"] = "9.80665f / 8192f",
        ["m/s²"] = "9.80665f / 8192f",
    };

    /// <summary>Whether an accelerometer of the shared sensors gives such channels.</summary>
    internal bool IsAccelerometer => Channels.Channels == 3 && Units.Distinct().Count() == 1 && Scales.ContainsKey(Units[0]);

    private string[] Units => [.. Enumerable.Range(0, Channels.Channels).Select(Channels.GetUnit)];

    /// <summary>Milliseconds from a sample to the next.</summary>
    /// <exception cref="DataException">No whole number of them comes near enough to the model's rate.</exception>
    internal int Period
    {
        get
        {
            double rate = Channels.Rate > 0 ? Channels.Rate : UsualRate;
            int period = Math.Max(1, (int)Math.Round(1000 / rate));
            return Math.Abs(1000 / (period * rate) - 1) <= MostOff ? period
                : throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"The sample waits whole milliseconds between samples, and none comes near to the {rate:0.###} a second of this model. "
                    + $"Export the blob as C#, and pace your sensor by its own clock."));
        }
    }

    /// <summary>What whoever builds the program has to see to.</summary>
    internal IEnumerable<string> Notes()
    {
        if (Channels.Rate <= 0)
        {
            yield return $"The model does not say its rate; the program takes {UsualRate} samples a second. If the recordings had another,"
                + " set Period in Program.cs.";
        }

        if (!IsAccelerometer)
        {
            string units = string.Join(", ", Units.Where(unit => unit.Length > 0).Distinct());
            yield return "Sensor.cs reads an analog input for each channel: "
                + $"{string.Join(", ", Enumerable.Range(0, Channels.Channels).Select(Channels.GetName))}. Put your own sensor there, or "
                + $"set Scale to come from counts to {(units.Length > 0 ? units : "what the recordings hold")}.";
        }
    }

    /// <summary>The class that reads the sensor.</summary>
    internal string ToSource() =>
        IsAccelerometer ? Accelerometer() : SampleText.Fill("AnalogInputs.txt", ("signal", New()), ("channels", Number(Channels.Channels)));

    private string Accelerometer()
    {
        string scale = Scales[Units[0]];
        bool isScaled = scale.Length > 0;
        return SampleText.Fill(
            "Accelerometer.txt",
            ("signal", New()),
            ("scale", isScaled ? $"        private const float Scale = {scale}; // from counts to {Units[0]}\n" : ""),
            ("convert", isScaled ? "            for (int axis = 0; axis < 3; axis++)\n            {\n                sample[axis] *= "
                + "Scale;\n            }\n" : ""));
    }

    private string New() => "new Signal(rate)" + string.Concat(
        Enumerable.Range(0, Channels.Channels)
            .Select(i => $".Add({SampleText.Literal(Channels.GetName(i))}, {SampleText.Literal(Channels.GetUnit(i))})"));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
