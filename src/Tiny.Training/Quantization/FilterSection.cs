using Tiny.Core.Activations;
using Tiny.Int8;

namespace Tiny.Training.Quantization;

/// <summary>The section of an int8 layer of filters over bytes: each filter's sum stays below its limit whatever comes.</summary>
/// <param name="activation">The layer's activation.</param>
/// <param name="calibration">What the filters take and give.</param>
/// <param name="weights">(filters)(taps and channels), for whole-number inputs.</param>
/// <param name="biases">(filters).</param>
/// <param name="inputs">(filters) what the values under each are like.</param>
internal sealed class FilterSection(
    Activation activation, LayerCalibration calibration, double[][] weights, double[] biases, LayerInputs[] inputs)
    : DenseSection(activation, calibration, weights, biases)
{
    private readonly ByteForm form = calibration.Form;
    private readonly long limit = calibration.Pool > 1 ? Int8Layer.LaneLimit / 2 : Int8Layer.LaneLimit;

    /// <inheritdoc/>
    protected override LayerInputs InputsOf(int row) => inputs[row];

    /// <inheritdoc/>
    protected override bool Fits(int row, double scale)
    {
        long positive = 0;
        long negative = 0;
        foreach (double weight in WeightsOf(row))
        {
            int whole = RowQuantizer.Rounded(weight, scale);
            positive += Math.Max(whole, 0);
            negative += Math.Max(-whole, 0);
        }

        // What a shift cuts off is halved and added to the bias, so that it rounds.
        long spare = 1L << Int8Layer.LargestReluShift;
        long bias = Bias(row, scale);
        long high = bias + positive * form.Largest + negative * form.Least + spare;
        long low = bias - negative * form.Largest - positive * form.Least;
        return high < limit && low > -limit && Math.Abs(bias) + spare < limit;
    }
}
