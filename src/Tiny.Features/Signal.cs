using System;

namespace Tiny.Features
{
    /// <summary>What a sensor delivers: channels, each with a name and a unit, sampled together at a rate.</summary>
    /// <remarks>Made once: its two arrays take room for all channels.</remarks>
    /// <example>
    /// <code>
    /// Signal sensor = new Signal(50).AddAll(new[] { "x", "y", "z" }, "g").Add("temperature", "C");
    /// </code>
    /// </example>
    public sealed class Signal
    {
        /// <summary>The most channels.</summary>
        public const int MaxChannels = 16;

        private readonly string[] names = new string[MaxChannels];
        private readonly string[] units = new string[MaxChannels];

        /// <summary>A signal without channels yet.</summary>
        /// <param name="rate">Samples a second of each channel; 0 where it is not known.</param>
        /// <exception cref="ArgumentOutOfRangeException">
        /// The rate is negative, not a number or above <see cref="FeatureDescription.MaxRate"/>.
        /// </exception>
        public Signal(float rate)
        {
            if (!(rate >= 0f && rate <= FeatureDescription.MaxRate))
            {
                throw new ArgumentOutOfRangeException(
                    "rate", "rate must be from 0, for unknown, to " + (int)FeatureDescription.MaxRate + " samples a second.");
            }

            Rate = rate;
        }

        /// <summary>Samples a second of each channel; 0 where it is not known.</summary>
        public float Rate { get; }

        /// <summary>How many channels.</summary>
        public int Channels { get; private set; }

        /// <summary>Adds a channel.</summary>
        /// <param name="name">What the training data call it, such as x.</param>
        /// <param name="unit">Its unit, such as g, or "" where none was named.</param>
        /// <returns>This signal.</returns>
        /// <exception cref="ArgumentNullException">There is no name, or no unit.</exception>
        /// <exception cref="InvalidOperationException">It has <see cref="MaxChannels"/> channels already.</exception>
        public Signal Add(string name, string unit)
        {
            if (name == null || unit == null)
            {
                throw new ArgumentNullException(name == null ? "name" : "unit");
            }

            if (Channels == MaxChannels)
            {
                throw new InvalidOperationException("A signal has at most " + MaxChannels + " channels.");
            }

            names[Channels] = name;
            units[Channels] = unit;
            Channels++;
            return this;
        }

        /// <summary>Adds several channels of one unit.</summary>
        /// <param name="channelNames">(channels), in the order in which samples hold them.</param>
        /// <param name="unit">The unit of each.</param>
        /// <returns>This signal.</returns>
        /// <exception cref="ArgumentNullException">There are no names, no unit, or one name is null.</exception>
        /// <exception cref="InvalidOperationException">There would be more than <see cref="MaxChannels"/> channels.</exception>
        public Signal AddAll(string[] channelNames, string unit)
        {
            if (channelNames == null)
            {
                throw new ArgumentNullException("channelNames");
            }

            for (int i = 0; i < channelNames.Length; i++)
            {
                Add(channelNames[i], unit);
            }

            return this;
        }

        /// <summary>The name of a channel.</summary>
        /// <param name="channel">From 0 to Channels - 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such channel.</exception>
        public string GetName(int channel)
        {
            Check(channel);
            return names[channel];
        }

        /// <summary>The unit of a channel.</summary>
        /// <param name="channel">From 0 to Channels - 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such channel.</exception>
        public string GetUnit(int channel)
        {
            Check(channel);
            return units[channel];
        }

        private void Check(int channel)
        {
            if (channel < 0 || channel >= Channels)
            {
                throw new ArgumentOutOfRangeException(
                    "channel", "channel " + channel + ": the signal has channels 0 to " + (Channels - 1) + ".");
            }
        }
    }
}
