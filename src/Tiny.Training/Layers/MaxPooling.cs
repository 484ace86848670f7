using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// Max pooling in training: of each channel the largest value under the window; its gradient goes to the first of equal ones.
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class MaxPooling : TrainingLayer
{
    internal MaxPooling(PlacedWindow window, float dropout)
        : base(window.Input.Values, new Shape(window.OutputHeight, window.OutputWidth, window.Input.Channels), dropout)
    {
        Window = window;
    }

    /// <summary>How the window walks.</summary>
    public PlacedWindow Window { get; }

    /// <inheritdoc/>
    public override long Work => Partition.MultiplyAddsOfMove * Outputs * (Window.Taps + 1);

    /// <inheritdoc/>
    public override int Kind => Convolution.MaxPooling.MaxPoolingCode;

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) => Window.Attributes;

    /// <inheritdoc/>
    public override string Describe() => $"maxpool over {Window.Input} window {Window.Words}";

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new Pass(this, context);

    private sealed class Pass(MaxPooling layer, PassContext context) : PoolingPass(layer, context, layer.Window)
    {
        protected override void Forward(int z, float[] x, int from, ReadOnlySpan<WindowWalk.Tap> taps)
        {
            for (int lane = 0; lane < Channels * Lanes.Width; lane += Lanes.Width)
            {
                Vector512<float> largest = Vector512.Create(x, from + lane + taps[0].At);
                foreach (WindowWalk.Tap tap in taps[1..])
                {
                    Vector512<float> value = Vector512.Create(x, from + lane + tap.At);
                    largest = Vector512.ConditionalSelect(Vector512.GreaterThan(value, largest), value, largest);
                }

                largest.CopyTo(SumLanes, z + lane);
            }
        }

        protected override void Backward(int z, float[] x, int from, float[] dx, int to, ReadOnlySpan<WindowWalk.Tap> taps)
        {
            for (int lane = 0; lane < Channels * Lanes.Width; lane += Lanes.Width)
            {
                Vector512<float> largest = Vector512.Create(SumLanes, z + lane);
                Vector512<float> left = Vector512.Create(Gradients, z + lane); // what no tap has taken yet
                foreach (WindowWalk.Tap tap in taps)
                {
                    int at = to + lane + tap.At;
                    Vector512<float> hit = Vector512.Equals(Vector512.Create(x, from + lane + tap.At), largest);
                    Vector512<float> taken = Vector512.ConditionalSelect(hit, left, Vector512<float>.Zero);
                    (Walk.IsOnce ? taken : Vector512.Create(dx, at) + taken).CopyTo(dx, at);
                    left = Vector512.ConditionalSelect(hit, Vector512<float>.Zero, left);
                }
            }
        }
    }
}
