using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// Average pooling in training: of each channel the mean of the values under the window, over
/// the taps inside the edges; each gets as much of the gradient.
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class AveragePooling : TrainingLayer
{
    internal AveragePooling(PlacedWindow window, float dropout)
        : base(window.Input.Values, new Shape(window.OutputHeight, window.OutputWidth, window.Input.Channels), dropout)
    {
        Window = window;
    }

    /// <summary>How the window walks.</summary>
    public PlacedWindow Window { get; }

    /// <inheritdoc/>
    public override long Work => Partition.MultiplyAddsOfMove * Outputs * (Window.Taps + 1);

    /// <inheritdoc/>
    public override int Kind => Convolution.AveragePooling.AveragePoolingCode;

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) => Window.Attributes;

    /// <inheritdoc/>
    public override string Describe() => $"avgpool over {Window.Input} window {Window.Words}";

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new Pass(this, context);

    private sealed class Pass(AveragePooling layer, PassContext context) : PoolingPass(layer, context, layer.Window)
    {
        protected override void Forward(int z, float[] x, int from, ReadOnlySpan<WindowWalk.Tap> taps)
        {
            for (int lane = 0; lane < Channels * Lanes.Width; lane += Lanes.Width)
            {
                Vector512<float> sum = Vector512<float>.Zero;
                foreach (WindowWalk.Tap tap in taps)
                {
                    sum += Vector512.Create(x, from + lane + tap.At);
                }

                (sum * (1f / taps.Length)).CopyTo(SumLanes, z + lane);
            }
        }

        protected override void Backward(int z, float[] x, int from, float[] dx, int to, ReadOnlySpan<WindowWalk.Tap> taps)
        {
            for (int lane = 0; lane < Channels * Lanes.Width; lane += Lanes.Width)
            {
                Vector512<float> each = Vector512.Create(Gradients, z + lane) * (1f / taps.Length);
                foreach (WindowWalk.Tap tap in taps)
                {
                    int at = to + lane + tap.At;
                    (Walk.IsOnce ? each : Vector512.Create(dx, at) + each).CopyTo(dx, at);
                }
            }
        }
    }
}
