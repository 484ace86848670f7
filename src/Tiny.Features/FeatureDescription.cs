// Over 300 lines: the description with each of its checks and their words.
using System;
using Tiny.Core;

namespace Tiny.Features
{
    /// <summary>
    /// Which features of which windows of which signal a network's inputs are: what a blob says about them (src/BLOB-FORMAT.md,
    /// Features). Inputs stand channel by channel, in each the kinds in order, then the bands; samples moment by moment.
    /// </summary>
    /// <example>
    /// <code>
    /// Signal sensor = new Signal(50).AddAll(new[] { "x", "y", "z" }, "g");
    /// FeatureDescription description = new FeatureDescription(sensor, 100, 50, FeatureKinds.Default);
    /// int inputs = description.Count;                            // five features of each of three channels
    /// </code>
    /// </example>
    public sealed class FeatureDescription
    {
        /// <summary>The most samples of a window: a channel's ring stays below 16 KB, for boards whose heaps are in pieces.</summary>
        public const int MaxWindow = 4000;

        /// <summary>The most bands.</summary>
        public const int MaxBands = 16;

        /// <summary>The greatest rate, in samples a second.</summary>
        public const float MaxRate = 1000000f;

        private const FeatureKinds AllKinds = FeatureKinds.Default | FeatureKinds.Crossings;

        private readonly float[] frequencies = new float[MaxBands];
        private readonly float[] coefficients = new float[MaxBands];

        /// <summary>A description without bands yet; <see cref="Check"/> says whether it holds together.</summary>
        /// <param name="signal">The channels.</param>
        /// <param name="window">Samples of a window.</param>
        /// <param name="hop">Samples from the beginning of a window to that of the next.</param>
        /// <param name="kinds">The features of each channel.</param>
        /// <exception cref="ArgumentNullException">There is no signal.</exception>
        public FeatureDescription(Signal signal, int window, int hop, FeatureKinds kinds)
        {
            if (signal == null)
            {
                throw new ArgumentNullException("signal");
            }

            Signal = signal;
            Window = window;
            Hop = hop;
            Kinds = kinds;
        }

        /// <summary>The channels, their units and their rate.</summary>
        public Signal Signal { get; }

        /// <summary>Samples of a window.</summary>
        public int Window { get; }

        /// <summary>Samples from the beginning of a window to that of the next.</summary>
        public int Hop { get; }

        /// <summary>The features of each channel.</summary>
        public FeatureKinds Kinds { get; }

        /// <summary>Bands of each channel.</summary>
        public int Bands { get; private set; }

        /// <summary>Features of each channel, bands included.</summary>
        public int FeaturesOfChannel
        {
            get
            {
                if (Kinds >= FeatureKinds.Samples)
                {
                    return SamplesKept;
                }

                int count = Bands;
                for (int kind = 1; kind <= (int)AllKinds; kind <<= 1)
                {
                    count += ((int)Kinds & kind) != 0 ? 1 : 0;
                }

                return count;
            }
        }

        /// <summary>Samples of each channel that the features are of: a window; of a stream, a hop.</summary>
        public int SamplesKept
        {
            get { return Kinds == FeatureKinds.Stream ? Hop : Window; }
        }

        /// <summary>All features: the inputs of the network.</summary>
        public int Count
        {
            get { return Signal.Channels * FeaturesOfChannel; }
        }

        /// <summary>Adds a band: the strength of the signal about a frequency.</summary>
        /// <param name="frequency">In Hz, below half the rate.</param>
        /// <param name="coefficient">2 cos(2 pi frequency / rate). It is given, not computed, since
        /// boards have no cosine that agrees.</param>
        /// <returns>This description.</returns>
        /// <exception cref="InvalidOperationException">It has <see cref="MaxBands"/> bands already.</exception>
        public FeatureDescription AddBand(float frequency, float coefficient)
        {
            if (Bands == MaxBands)
            {
                throw new InvalidOperationException("At most " + MaxBands + " bands fit.");
            }

            frequencies[Bands] = frequency;
            coefficients[Bands] = coefficient;
            Bands++;
            return this;
        }

        /// <summary>The frequency of a band in Hz.</summary>
        /// <param name="band">From 0 to Bands - 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such band.</exception>
        public float GetFrequency(int band)
        {
            CheckBand(band);
            return frequencies[band];
        }

        /// <summary>The coefficient of a band.</summary>
        /// <param name="band">From 0 to Bands - 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such band.</exception>
        public float GetCoefficient(int band)
        {
            CheckBand(band);
            return coefficients[band];
        }

        /// <summary>The description that a network carries, checked.</summary>
        /// <param name="network">The network.</param>
        /// <exception cref="FeatureException">It has none, or it is wrong in some way.</exception>
        /// <exception cref="ArgumentNullException">There is no network.</exception>
        public static FeatureDescription Of(Network network)
        {
            if (network == null)
            {
                throw new ArgumentNullException("network");
            }

            byte[] bytes = new byte[network.Notes.FeatureBytes];
            network.Notes.CopyFeatures(bytes, 0);
            FeatureDescription description = FeatureFormat.Read(bytes);
            return description.Count == network.Inputs
                ? description
                : throw new FeatureException(FeatureError.InputsDiffer,
                    "The model describes " + description.Count + " features, but its network takes " + network.Inputs
                        + " inputs. Train the model anew.");
        }

        /// <summary>A description from the bytes that a blob, or exported source, carries.</summary>
        /// <param name="bytes">The bytes of the description, as <see cref="ToBytes"/> gives them.</param>
        /// <exception cref="FeatureException">It is wrong in some way.</exception>
        /// <exception cref="ArgumentNullException">There are no bytes.</exception>
        public static FeatureDescription FromBytes(byte[] bytes)
        {
            if (bytes == null)
            {
                throw new ArgumentNullException("bytes");
            }

            return FeatureFormat.Read(bytes);
        }

        /// <summary>The description as a blob carries it.</summary>
        /// <returns>The bytes, a multiple of 4. A new array.</returns>
        /// <exception cref="FeatureException">The description does not hold together: see <see cref="Check"/>.</exception>
        public byte[] ToBytes()
        {
            FeatureError error = Check();
            return error == FeatureError.None
                ? FeatureFormat.Write(this) : throw new FeatureException(error, FeatureMessages.Describe(error));
        }

        /// <summary>None, or the first thing wrong.</summary>
        public FeatureError Check()
        {
            if (Signal.Channels < 1)
            {
                return FeatureError.ChannelCountOutOfRange;
            }

            if (Kinds == FeatureKinds.Samples || Kinds == FeatureKinds.Stream ? Bands > 0 : (Kinds & ~AllKinds) != 0)
            {
                return FeatureError.UnknownFeature;
            }

            if (Count == 0)
            {
                return FeatureError.FeatureCountOutOfRange;
            }

            if (Window < 2 || Window > MaxWindow)
            {
                return FeatureError.WindowOutOfRange;
            }

            if (Hop < 1 || Hop > Window)
            {
                return FeatureError.HopOutOfRange;
            }

            for (int band = 0; band < Bands; band++)
            {
                float coefficient = coefficients[band];
                if (!(frequencies[band] > 0f && frequencies[band] < 0.5f * Signal.Rate && coefficient >= -2f && coefficient <= 2f))
                {
                    return FeatureError.BandOutOfRange;
                }
            }

            return FeatureError.None;
        }

        /// <summary>Whether a sensor delivers what the model was trained on; throws with the difference if not.</summary>
        /// <param name="sensor">What the sensor delivers.</param>
        /// <exception cref="FeatureException">It delivers something else.</exception>
        /// <exception cref="ArgumentNullException">There is no sensor.</exception>
        public void CheckSensor(Signal sensor)
        {
            if (sensor == null)
            {
                throw new ArgumentNullException("sensor");
            }

            if (sensor.Channels != Signal.Channels)
            {
                throw new FeatureException(FeatureError.ChannelCountDiffers,
                    "The sensor has " + sensor.Channels + " channels, but the model was trained on " + Signal.Channels + ".");
            }

            for (int i = 0; i < sensor.Channels; i++)
            {
                if (sensor.GetName(i) != Signal.GetName(i))
                {
                    throw new FeatureException(FeatureError.ChannelDiffers,
                        "Channel " + i + " of the sensor is " + sensor.GetName(i) + ", but the model was trained on " + Signal.GetName(i)
                            + ".");
                }

                if (sensor.GetUnit(i) != Signal.GetUnit(i))
                {
                    throw new FeatureException(FeatureError.UnitDiffers,
                        "Channel " + sensor.GetName(i) + " of the sensor is in \"" + sensor.GetUnit(i)
                            + "\", but the model was trained on \"" + Signal.GetUnit(i) + "\".");
                }
            }

            float difference = sensor.Rate - Signal.Rate;
            if (sensor.Rate > 0f && Signal.Rate > 0f && (difference < 0f ? -difference : difference) > 0.05f * Signal.Rate)
            {
                throw new FeatureException(FeatureError.RateDiffers,
                    "The sensor gives " + Text(sensor.Rate) + " samples a second, but the model was trained on " + Text(Signal.Rate) + ".");
            }
        }

        /// <summary>The name of a feature, such as x_mean, or x_17 of a sample. Makes a new string.</summary>
        /// <param name="feature">From 0 to Count - 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such feature.</exception>
        public string GetName(int feature)
        {
            if (feature < 0 || feature >= Count)
            {
                throw new ArgumentOutOfRangeException("feature", "feature " + feature + ": there are features 0 to " + (Count - 1) + ".");
            }

            if (Kinds >= FeatureKinds.Samples)
            {
                return Signal.GetName(feature % Signal.Channels) + "_" + feature / Signal.Channels;
            }

            int each = FeaturesOfChannel;
            string channel = Signal.GetName(feature / each);
            int left = feature % each;
            for (int kind = 1; kind <= (int)AllKinds; kind <<= 1)
            {
                if (((int)Kinds & kind) != 0 && left-- == 0)
                {
                    return channel + "_" + NameOf((FeatureKinds)kind);
                }
            }

            return channel + "_" + Text(GetFrequency(left)) + "Hz";
        }

        /// <summary>The short name of one kind.</summary>
        /// <param name="kind">One kind, not several.</param>
        /// <exception cref="ArgumentOutOfRangeException">It is no kind, or several.</exception>
        public static string NameOf(FeatureKinds kind)
        {
            switch (kind)
            {
                case FeatureKinds.Mean:
                    return "mean";
                case FeatureKinds.Deviation:
                    return "std";
                case FeatureKinds.Minimum:
                    return "min";
                case FeatureKinds.Maximum:
                    return "max";
                case FeatureKinds.MeanDifference:
                    return "mad";
                case FeatureKinds.Crossings:
                    return "zcr";
                case FeatureKinds.Samples:
                    return "raw";
                case FeatureKinds.Stream:
                    return "stream";
                default:
                    throw new ArgumentOutOfRangeException("kind", "kind " + (int)kind + " is not one feature.");
            }
        }

        private void CheckBand(int band)
        {
            if (band < 0 || band >= Bands)
            {
                throw new ArgumentOutOfRangeException("band", "band " + band + ": there are bands 0 to " + (Bands - 1) + ".");
            }
        }

        /// <summary>A positive number with up to three decimals: the device's own text of a float is not the desktop's.</summary>
        internal static string Text(float value)
        {
            int thousandths = (int)(value * 1000f + 0.5f);
            string text = (thousandths / 1000).ToString();
            int rest = thousandths % 1000;
            for (int digit = 100; rest > 0; digit /= 10)
            {
                text += (digit == 100 ? "." : "") + (rest / digit).ToString();
                rest %= digit;
            }

            return text;
        }
    }
}
