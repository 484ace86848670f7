using Tiny.Convolution;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Export.CSharp;

/// <summary>Float32 depthwise convolutions as source: an expression a channel, bias first, then taps.</summary>
internal sealed class DepthwiseConv2D : LayerSource
{
    private const int BytesEach = 16; // of IL a weight: its value is read where it is used
    private const int MostMethodBytes = 20_000;

    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => (long)layer.ParameterCount * BytesEach + 200;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Part(context);

    private sealed class Part : SourcePart
    {
        private readonly SourceContext context;
        private readonly DepthwiseConv2DLayer layer;
        private readonly float[] parameters;
        private readonly WindowSource walk;

        internal Part(SourceContext context)
        {
            this.context = context;
            layer = (DepthwiseConv2DLayer)context.Layers[0];
            parameters = layer.Parameters();
            walk = new WindowSource(layer.Window, context.First);
        }

        /// <inheritdoc/>
        public override IEnumerable<string> Support => SupportSource.Of(layer.Activation);

        private int Channels => layer.Window.Channels;

        private int Each => 1 + layer.Window.Taps;

        private int ChannelsOfMethod => Math.Max(1, MostMethodBytes / (BytesEach * Each));

        private int Parts => (Channels - 1) / ChannelsOfMethod + 1;

        /// <inheritdoc/>
        public override void Fields(CSharpText text) => walk.Fields(text);

        /// <inheritdoc/>
        public override void Call(CSharpText text, string x, string z)
        {
            text.Line($"Depthwise{context.First}({x}, {z});");
            ActivationSource.Apply(text, layer.Activation, layer.ActivationParameter, layer.Outputs, z);
        }

        /// <inheritdoc/>
        public override void Methods(CSharpText text)
        {
            walk.Walk(text, $"Depthwise{context.First}", Channels, () =>
            {
                for (int part = 0; part < Parts; part++)
                {
                    text.Line($"Depthwise{context.First}Part{part}(x, at, z, to);");
                }
            });
            for (int part = 0; part < Parts; part++)
            {
                int first = part * ChannelsOfMethod;
                text.Blank();
                text.Block($"private static void Depthwise{context.First}Part{part}(float[] x, int at, float[] z, int to)", () =>
                {
                    for (int channel = first; channel < Math.Min(Channels, first + ChannelsOfMethod); channel++)
                    {
                        text.Line($"z[to + {channel}] = {Sum(channel)};");
                    }
                });
            }
        }

        private string Sum(int channel) => CSharpText.Float(parameters[channel * Each])
            + string.Concat(Enumerable.Range(0, layer.Window.Taps).Select(tap =>
            $" + {CSharpText.Float(parameters[channel * Each + 1 + tap])} * x[at + {walk.Offset(tap * Channels + channel)}]"));
    }
}
