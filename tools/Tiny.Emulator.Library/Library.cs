using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Features;
using Tiny.Features.Running;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Streaming;

namespace Tiny.Emulator.Library
{
    /// <summary>What the emulator calls beside the libraries themselves.</summary>
    public static class Library
    {
        /// <summary>Registers all kinds of layers, with the wide kernels or the small ones, and the reader of older blobs.</summary>
        public static void Register(bool wide)
        {
            ModelKinds.ToPredict(ModelKinds.All, wide);
            ModelKinds.ToLearn(ModelKinds.All, wide);
            ModelKinds.ToTrace();
        }

        /// <summary>What each layer gives for a sample: (layers)(outputs), of the last behind softmax where the network has it.</summary>
        public static float[][] Trace(Network network, float[] sample)
        {
            float[][] outputs = new float[network.LayerCount][];
            for (int i = 0; i < outputs.Length; i++)
            {
                Layer layer = network.GetLayer(i);
                outputs[i] = new float[layer.Outputs];
                if (i == 0)
                {
                    network.Run(sample, 1);
                }
                else
                {
                    layer.Forward();
                }

                LayerUnpackers.CopyOutputs(layer, outputs[i]);
            }

            float[] last = outputs[outputs.Length - 1];
            if (network.OutputFunction == Activation.Softmax)
            {
                Softmax.Run(last, last, last.Length);
            }

            return outputs;
        }

        /// <summary>What one layer gave.</summary>
        public static float[] OutputsOf(float[][] trace, int layer)
        {
            return trace[layer];
        }

        /// <summary>Makes learning leave a layer alone.</summary>
        public static void Freeze(Network network, int layer)
        {
            network.GetLayer(layer).Frozen = true;
        }

        /// <summary>What teaches a layer.</summary>
        public static LayerLearner Learner(Layer layer)
        {
            return LearnerKinds.Find(layer.Kind).Create(layer);
        }

        /// <summary>Sets what stands for the gradient on a layer's sums.</summary>
        public static void SetSums(LayerLearner learner, float[] values)
        {
            System.Array.Copy(values, learner.Sums, values.Length);
        }

        /// <summary>Streams the network.</summary>
        public static StreamingNetwork Stream(Network network)
        {
            return new StreamingNetwork(network);
        }

        /// <summary>The extremes of so many samples as they run.</summary>
        public static RunningExtremes Extremes(int window)
        {
            return new RunningExtremes(window);
        }

        /// <summary>Lets what the layers keep begin anew.</summary>
        public static void Reset(Network network)
        {
            for (int i = 0; i < network.LayerCount; i++)
            {
                network.GetLayer(i).Reset();
            }
        }

        /// <summary>Whether any layer learns.</summary>
        public static bool CanLearn(Network network)
        {
            return LearnerKinds.Find(network.GetLayer(network.LayerCount - 1).Kind) != null;
        }

        /// <summary>Whether the inputs are features of a signal.</summary>
        public static bool HasFeatures(Network network)
        {
            return network.Notes.FeatureBytes > 0;
        }

        /// <summary>What computes the features that the model describes.</summary>
        public static FeatureDescription Describe(Network network)
        {
            return FeatureDescription.Of(network);
        }
    }
}
