namespace Tiny.Core.Tests;

internal static class NetworkExtensions
{
    /// <summary>The shape a network has now.</summary>
    internal static NetworkShape Shape(this Network network)
    {
        NetworkShape shape = new(network.Inputs, network.Task, network.Loss);
        for (int i = 0; i < network.LayerCount; i++)
        {
            shape.AddLayer(network.GetLayer(i).Outputs, network.GetLayer(i).Activation, network.GetLayer(i).ActivationParameter);
        }

        return shape;
    }
}
