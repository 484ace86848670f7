using Tiny.Core;

namespace Tiny.Updating
{
    /// <summary>What a new model has to stand up to before it takes the place of the present one.</summary>
    /// <seealso cref="ModelUpdater"/>
    public interface IModelTrial
    {
        /// <summary>
        /// How well the model does that the network holds now; it is asked of the present model and of the new one. It leaves the network
        /// as it is.
        /// </summary>
        /// <returns>More is better: right answers, say.</returns>
        int Score(Network network);
    }
}
