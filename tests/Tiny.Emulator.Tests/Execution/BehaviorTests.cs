namespace Tiny.Emulator.Tests.Execution;

/// <summary>How the device differs from the desktop, and that all else is alike.</summary>
public class BehaviorTests
{
    [Theory]
    [InlineData("FloatToInt", -1)]
    [InlineData("FloatPastIntToInt", -1294967296)]
    [InlineData("NaNToInt", 0)]
    [InlineData("Negative", -2)]
    [InlineData("DivideByZero", "Exception was thrown: System.Exception")]
    [InlineData("FloatsByZero", 0b01111)]
    [InlineData("Checked", -294967296)]
    [InlineData("CastUnsignedIsSigned", -8)]
    [InlineData("UnsignedShifts", 0x0FFFFFFF)]
    [InlineData("Texts", "0.1 1.5 4611686018427387904 18446744073709551615")]
    [InlineData("UnsignedToFloat", 4294967280f)]
    [InlineData("ExpIsSinglePrecision", true)]
    [InlineData("Handlers", "fi30..2.")]
    [InlineData("Rethrown", "index")]
    [InlineData("GarbageIsNoLoss", 1_250_000)]
    [InlineData("Language", 23 + 100 + 10_000 + 2 + 5 + 127 + 250 + 1)]
    public void The_device_gives(string program, object expected)
    {
        object? found = Programs.Machine().Invoke("Behavior", program);
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData(1f, 2f, 0b101001)]
    [InlineData(2f, 1f, 0b110010)]
    [InlineData(0f, -0f, 0b011100)]
    [InlineData(float.NaN, 1f, 0b110010)]
    [InlineData(1f, float.NaN, 0b110010)]
    [InlineData(float.NaN, float.NaN, 0b110010)]
    [InlineData(float.NegativeInfinity, 1f, 0b101001)]
    [InlineData(float.NegativeInfinity, float.PositiveInfinity, 0b011100)]
    public void Floats_are_ordered_as_the_interpreter_does(float a, float b, int expected)
    {
        Assert.Equal(expected * 257, Programs.Machine().Invoke("Behavior", "Order", a, b));
    }

    [Fact]
    public void Shifts_and_narrowing_are_the_desktops()
    {
        for (int amount = 1; amount < 5; amount++)
        {
            uint bits = 0x80000000;
            long expected = (bits >> amount) + (int.MinValue >> amount) + (1L << (amount + 30)) + (byte)(amount * 100)
                + (sbyte)(amount * 100) + (short)(amount * 20000);
            Assert.Equal(expected, Programs.Machine().Invoke("Behavior", "Shifts", amount));
        }
    }

    [Fact]
    public void Missing_maths_throws_on_boards_that_lack_it()
    {
        Assert.Equal((double)MathF.Exp(1f), Programs.Machine("stm32f4").Invoke("Behavior", "Exp"));
        DeviceProgramException error = Assert.Throws<DeviceProgramException>(() => Programs.Machine("rp2040").Invoke("Behavior", "Exp"));
        Assert.Equal("System.NotImplementedException", error.DeviceType);
    }

    [Fact]
    public void The_heap_has_an_end()
    {
        // 1,020 bytes an array and 12,024 for the array of references; a 20 KB heap holds eight of them.
        Assert.Equal(8, Programs.Machine("stm32f091").Invoke("Behavior", "OutOfMemory"));
        Assert.Equal(88, Programs.Machine("esp32").Invoke("Behavior", "OutOfMemory"));
        Assert.Equal("System.OutOfMemoryException",
            Assert.Throws<DeviceProgramException>(() => Programs.Machine("rp2040").Invoke("Behavior", "TooLargeAnObject")).DeviceType);
    }

    [Fact]
    public void An_uncaught_exception_reaches_the_host_and_the_machine_lives_on()
    {
        Machine machine = Programs.Machine();
        DeviceProgramException error = Assert.Throws<DeviceProgramException>(() => machine.Invoke("Behavior", "Uncaught"));
        Assert.Equal(("System.ArgumentException", "for the host"), (error.DeviceType, error.DeviceMessage));
        Assert.Equal(5, machine.Invoke("Behavior", "Deep", 5));
    }

    [Fact]
    public void Calls_without_end_run_out_of_memory() =>
        Assert.Equal("System.OutOfMemoryException",
        Assert.Throws<DeviceProgramException>(() => Programs.Machine().Invoke("Behavior", "Deep", 100_000)).DeviceType);

    [Fact]
    public void What_is_not_there_is_named() =>
        Assert.Contains("Behavior.Nothing",
        Assert.Throws<EmulatorException>(() => Programs.Machine().Invoke("Behavior", "Nothing")).Message);
}
