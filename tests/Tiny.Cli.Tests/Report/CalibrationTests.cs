using Tiny.Cli.Report;

namespace Tiny.Cli.Tests.Report;

public class CalibrationTests
{
    [Fact]
    public void The_error_is_the_mean_distance_weighted_by_rows()
    {
        // Four rows at 0.95, three of them right; one at 0.55, which is right.
        Calibration calibration = Calibration.Of([(0.95f, true), (0.95f, true), (0.95f, true), (0.95f, false), (0.55f, true)]);
        Assert.Equal(5, calibration.Rows);
        Assert.Equal([(0.55, 1.0, 1), (0.95, 0.75, 4)],
            calibration.Bins.Select(bin => (Math.Round(bin.Probability, 5), bin.Accuracy, bin.Rows)));
        Assert.Equal((4 * 0.2 + 0.45) / 5, calibration.Error, 1e-6);
    }

    [Fact]
    public void What_is_certain_and_right_has_no_error() => Assert.Equal(0, Calibration.Of([(1f, true), (1f, true)]).Error);
}
