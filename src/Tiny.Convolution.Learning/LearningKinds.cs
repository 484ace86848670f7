using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>All that this assembly teaches, in one line.</summary>
    /// <example>
    /// <code>
    /// LearningKinds.Register();                                  // once, before the model is loaded
    /// Network network = Network.FromBlob(blob);
    /// SgdLearner learner = new SgdLearner(network);
    /// </code>
    /// </example>
    public static class LearningKinds
    {
        /// <summary>Makes the layers of Tiny.Convolution known, and how they learn.</summary>
        public static void Register()
        {
            Conv2D.Register();
            DepthwiseConv2D.Register();
            MaxPooling.Register();
            AveragePooling.Register();
            GlobalAverage.Register();
            LearnerKinds.Register(new Conv2DLearning());
            LearnerKinds.Register(new DepthwiseConv2DLearning());
            LearnerKinds.Register(new PoolingLearning(MaxPooling.MaxPoolingCode));
            LearnerKinds.Register(new PoolingLearning(AveragePooling.AveragePoolingCode));
            LearnerKinds.Register(new PoolingLearning(GlobalAverage.GlobalAverageCode));
        }
    }
}
