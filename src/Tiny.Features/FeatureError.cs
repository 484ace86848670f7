namespace Tiny.Features
{
    /// <summary>Each way a description of features can be wrong, or not fit a network or a sensor. The values are stable.</summary>
    public enum FeatureError
    {
        /// <summary>Nothing is wrong.</summary>
        None = 0,

        /// <summary>The model has no description: its inputs are not features of a signal, or it was trained on a table.</summary>
        NoDescription = 1,

        /// <summary>The description has a version that this library does not know.</summary>
        UnsupportedVersion = 2,

        /// <summary>The number of channels is not from 1 to 16.</summary>
        ChannelCountOutOfRange = 3,

        /// <summary>A feature is unknown.</summary>
        UnknownFeature = 4,

        /// <summary>There is neither a feature nor a band, or there are more than 16 bands.</summary>
        FeatureCountOutOfRange = 5,

        /// <summary>The window is not of 2 to 4,000 samples.</summary>
        WindowOutOfRange = 6,

        /// <summary>The hop is not from 1 to the window.</summary>
        HopOutOfRange = 7,

        /// <summary>The rate is not 0, for unknown, or a number above it.</summary>
        RateOutOfRange = 8,

        /// <summary>A band's frequency is not between 0 and half the rate, or its coefficient not from -2 to 2.</summary>
        BandOutOfRange = 9,

        /// <summary>Names and units do not fill their section.</summary>
        NamesMalformed = 10,

        /// <summary>The network does not take as many inputs as there are features.</summary>
        InputsDiffer = 16,

        /// <summary>The sensor has another number of channels.</summary>
        ChannelCountDiffers = 17,

        /// <summary>A channel of the sensor has another name, or stands elsewhere.</summary>
        ChannelDiffers = 18,

        /// <summary>A channel of the sensor is in another unit.</summary>
        UnitDiffers = 19,

        /// <summary>The sensor's rate is more than a twentieth off that of the training data.</summary>
        RateDiffers = 20,
    }
}
