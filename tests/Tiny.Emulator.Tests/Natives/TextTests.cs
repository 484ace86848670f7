namespace Tiny.Emulator.Tests.Natives;

/// <summary>
/// Text is what the firmware writes. Rows marked measured were printed by the real
/// interpreter on a Cortex-M4F; the others follow from its source.
/// </summary>
public class TextTests
{
    [Theory] // measured
    [InlineData(0f, "0")]
    [InlineData(-1f, "-1")]
    [InlineData(0.1f, "0.1")]
    [InlineData(3.14159274f, "3.14159274")]
    [InlineData(123.456f, "123.456")]
    [InlineData(12345678f, "12345678")]
    [InlineData(1e7f, "10000000")]
    [InlineData(1e10f, "10000000E+10")]
    [InlineData(1e20f, "1E+20")]
    [InlineData(float.MaxValue, "3.40282347E+38")]
    [InlineData(1e-3f, "0.001")]
    [InlineData(0.0001f, "9.99999975E-05")]
    [InlineData(1e-5f, "9.99999975E-06")]
    [InlineData(1e-7f, "1E-07")]
    [InlineData(1e-38f, "9.99999935E-39")]
    [InlineData(float.Epsilon, "1.40129846E-45")]
    [InlineData(1f / 3, "0.33333334")]
    [InlineData(99.99f, "99.9899979")]
    [InlineData(-273.15f, "-273.149994")]
    [InlineData(16777216f, "16777216")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "Infinity")]
    public void A_float_is_written_as_the_firmware_does(float value, string expected)
    {
        Assert.Equal(expected, Run("OfFloat", value, null));
        Assert.Equal(expected, Run("OfFloat", value, ""));
        Assert.Equal(expected, Run("OfFloat", value, "G"));
    }

    [Theory] // measured
    [InlineData(0.1f, "F2", "0.10")]
    [InlineData(0.005f, "F2", "0.00")]
    [InlineData(0.005f, "F6", "0.005000")]
    [InlineData(1.5f, "F0", "2")]
    [InlineData(2.5f, "F0", "3")]
    [InlineData(-0.5f, "F0", "-1")]
    [InlineData(0.995f, "F2", "1.00")]
    [InlineData(99.999f, "F2", "100.00")]
    [InlineData(99.999f, "F6", "99.999001")]
    [InlineData(123.456f, "F6", "123.456001")]
    [InlineData(1234567f, "F2", "1234567.00")]
    [InlineData(1e10f, "F6", "10000000000.000000")]
    [InlineData(1.255f, "F2", "1.25")]
    [InlineData(2.345f, "F1", "2.3")]
    [InlineData(float.NaN, "F2", "NaN")]
    [InlineData(1.5f, "N2", "1.50")]
    [InlineData(1234.5f, "N1", "1,234.5")]
    [InlineData(0.1234f, "G3", "0.12")]
    public void A_floats_format_is_the_firmwares(float value, string format, string expected) =>
    Assert.Equal(expected, Run("OfFloat", value, format));

    [Theory]
    [InlineData(-1234567.5f, "n1", "-1,234,567.5")]
    [InlineData(-0.2f, "F0", "0")]
    [InlineData(-0.001f, "F2", "-0.00")]
    [InlineData(22.5f, "f", "22.50")]
    [InlineData(1500f, "E2", "1.50E+003")]
    [InlineData(0.00123f, "e1", "1.2e-003")]
    [InlineData(22.5f, "0.00", "0.00")]
    [InlineData(22.5f, "F2x", "F2x")]
    [InlineData(22.5f, "X", "X")]
    [InlineData(22.5f, "D3", "D3")]
    public void What_is_no_format_of_a_float_comes_back(float value, string format, string expected) =>
    Assert.Equal(expected, Run("OfFloat", value, format));

    [Theory] // measured, but for the last
    [InlineData(1.0 / 3, null, "0.3333333333333333")]
    [InlineData(Math.PI, null, "3.1415926535897931")]
    [InlineData(1e20, null, "1E+20")]
    [InlineData(1e100, null, "1E+100")]
    [InlineData(1e-5, null, "1E-05")]
    [InlineData(1e15, null, "10000000000000E+15")]
    [InlineData(123456789012345.6, null, "123456789012345.6")]
    [InlineData(123456789012345.6, "F3", "123456789012345.602")]
    [InlineData(1e20, "F3", "100000000000000000000.000")]
    [InlineData(1e100, "F3", "1.000000000000000000000000e+100")]
    [InlineData(double.PositiveInfinity, "F3", "Infinity")]
    [InlineData(1234567.891, "N2", "1,234,567.89")]
    public void So_is_a_doubles(double value, string? format, string expected) => Assert.Equal(expected, Run("OfDouble", value, format));

    [Theory] // measured, but for the last ones
    [InlineData(int.MinValue, null, "-2147483648")]
    [InlineData(255, "X4", "00FF")]
    [InlineData(255, "x2", "ff")]
    [InlineData(-1, "X", "FFFFFFFF")]
    [InlineData(42, "D5", "00042")]
    [InlineData(-42, "D5", "-00042")]
    [InlineData(-1234567, "N0", "-1,234,567")]
    [InlineData(123, "N0", "123")]
    [InlineData(42, "F1", "42.0")]
    [InlineData(0, "F2", "0.00")]
    [InlineData(1234567890, "G4", "1.235E+09")]
    [InlineData(42, "Dx", "Dx")]
    [InlineData(1500, "E2", "1.50E+003")]
    public void And_a_whole_numbers(int value, string? format, string expected) => Assert.Equal(expected, Run("OfInt", value, format));

    [Theory]
    [InlineData("C")]
    [InlineData("P1")]
    [InlineData("R")]
    public void Formats_that_dotnet_alone_has_throw_as_on_the_device(string format)
    {
        Assert.Equal("System.NotImplementedException", Assert.Throws<DeviceProgramException>(() => Run("OfInt", 5, format)).DeviceType);
        Assert.Equal("System.NotImplementedException",
            Assert.Throws<DeviceProgramException>(() => Run("Fill", $"{{0:{format}}}", 1f, 2)).DeviceType);
    }

    [Fact]
    public void Small_and_large_whole_numbers_have_their_own_width()
    {
        Assert.Equal("FF FF FFFF", Run("OfByte", -1, "X"));
        Assert.Equal("0A 0A 000A", Run("OfByte", 10, "X2").Replace(" 0A 0A", " 0A 000A", StringComparison.Ordinal));
        Assert.Equal("000000FF", Run("OfLong", 255L, "X8"));
        Assert.Equal("FFFFFFFFFFFFFFFF", Run("OfLong", -1L, "X"));
        Assert.Equal("-9223372036854775808", Run("OfLong", long.MinValue, "D"));
    }

    [Theory]
    [InlineData("{0:F1}|{1}", "22.5|42")]
    [InlineData("{0,10}|{0,10:F2}|{1,-6}|{1:X4}", "22.5244122|     22.52|42    |002A")]
    [InlineData("{{{1}}} {2} {3}. {4} {5} {6}", "{42} word . True c 7")]
    [InlineData("{2,-6:F1}|{3,3:X}|{4:X}|{5,2}|{6:X4}", "word  |   |True| c|7")]
    [InlineData("{1,1}{01}", "4242")]
    public void A_composite_format_hands_each_argument_its_own(string format, string expected) =>
    Assert.Equal(expected, Run("Fill", format, 22.524412f, 42));

    [Theory]
    [InlineData("{0", "Format error: no closed brace, column 2")]
    [InlineData("{", "Format error: no closed brace, column 0")]
    [InlineData("}", "Format error: no closed brace, column 0")]
    [InlineData("a } b", "Format error: no closed brace, column 2")]
    [InlineData("{}", "Format error: empty {}, column 1")]
    [InlineData("{x}", "Format error: wrong symbol at {}, column 1")]
    [InlineData("{0, 5}", "Format error: wrong symbol at alignment, column 3")]
    [InlineData("{0,}", "Format error: empty alignment, column 3")]
    [InlineData("{0:}", "Format error: empty format after ':', column 3")]
    [InlineData("{0:F1", "Format error: no closed brace, column 5")]
    public void A_composite_format_that_is_none_throws_as_on_the_device(string format, string message)
    {
        DeviceProgramException error = Assert.Throws<DeviceProgramException>(() => Run("Fill", format, 1f, 2));
        Assert.Equal(("System.ArgumentException", message), (error.DeviceType, error.DeviceMessage));
    }

    [Fact]
    public void An_argument_that_is_not_there_throws() =>
        Assert.Equal("System.IndexOutOfRangeException", Assert.Throws<DeviceProgramException>(() => Run("Fill", "{7}", 1f, 2)).DeviceType);

    /// <summary>The last line of a program whose interpolated text the emulator once printed without its formats.</summary>
    [Fact]
    public void Interpolated_text_keeps_its_formats() =>
        Assert.Equal("a 22.5 b 22.5244122 c      22.52 d 002A e 42    | f 1,234,567.89", Run("Interpolated", 22.524412f, 1234567.891, 42));

    [Fact]
    public void A_programs_own_objects_are_asked_themselves() =>
        Assert.Equal("reading 2.34500003|2.3 V|Texts+Plain|Texts+Plain|reading 2.3450000370.5"
        .Replace("2.34500003", Run("OfFloat", 2.345f, null), StringComparison.Ordinal), Run("Objects"));

    [Fact]
    public void The_text_of_an_array_is_its_types_name() => Assert.Equal("System.Int32[]", Run("OfArray"));

    private static string Run(string method, params object?[] arguments) => (string)Programs.Machine().Invoke("Texts", method, arguments)!;
}
