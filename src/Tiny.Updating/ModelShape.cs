using Tiny.Core;

namespace Tiny.Updating
{
    /// <summary>
    /// What a program's code takes for granted of its model, whatever the weights: inputs, outputs, task and the features that are
    /// computed for it.
    /// </summary>
    internal sealed class ModelShape
    {
        private readonly int inputs;
        private readonly int outputs;
        private readonly NetworkTask task;
        private readonly byte[] features;
        private readonly byte[] others;

        internal ModelShape(Network network)
        {
            inputs = network.Inputs;
            outputs = network.Outputs;
            task = network.Task;
            features = new byte[network.Notes.FeatureBytes];
            others = new byte[features.Length];
            network.Notes.CopyFeatures(features, 0);
        }

        /// <summary>Whether the network's model is of this shape.</summary>
        internal bool Is(Network network)
        {
            if (network.Inputs != inputs || network.Outputs != outputs || network.Task != task
                || network.Notes.FeatureBytes != features.Length)
            {
                return false;
            }

            network.Notes.CopyFeatures(others, 0);
            for (int i = 0; i < features.Length; i++)
            {
                if (others[i] != features[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
