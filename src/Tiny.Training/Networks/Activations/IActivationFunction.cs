using System.Runtime.Intrinsics;

namespace Tiny.Training.Networks.Activations;

/// <summary>
/// An activation that is computed element by element, exact where the device uses tables. The
/// parameter is its slope or alpha, if it has one.
/// </summary>
internal interface IActivationFunction
{
    /// <summary>a = f(z).</summary>
    static abstract Vector512<float> Forward(Vector512<float> z, float parameter);

    /// <summary>f'(z), told from z and a.</summary>
    static abstract Vector512<float> Derivative(Vector512<float> z, Vector512<float> a, float parameter);
}
