using Tiny.Core;
using Tiny.Core.Arithmetic;

namespace Tiny.Features
{
    /// <summary>The bytes of a description: see src/BLOB-FORMAT.md, Features, which this follows field by field.</summary>
    internal static class FeatureFormat
    {
        private const int Version = 1;
        private const int ChannelsAt = 1;
        private const int KindsAt = 2;
        private const int BandsAt = 3;
        private const int WindowAt = 4;
        private const int HopAt = 6;
        private const int RateAt = 8;
        private const int BandListAt = 12;
        private const int BandBytes = 8;

        internal static FeatureDescription Read(byte[] bytes)
        {
            if (bytes.Length == 0)
            {
                throw Fault(FeatureError.NoDescription);
            }

            if (bytes[0] != Version)
            {
                throw Fault(FeatureError.UnsupportedVersion);
            }

            int bands = bytes.Length < BandListAt ? 0 : bytes[BandsAt];
            int at = BandListAt + BandBytes * bands;
            if (bytes.Length < at)
            {
                throw Fault(FeatureError.NamesMalformed);
            }

            if (bands > FeatureDescription.MaxBands)
            {
                throw Fault(FeatureError.FeatureCountOutOfRange);
            }

            float rate = FloatBits.Read(bytes, RateAt);
            if (!(rate >= 0f && rate <= FeatureDescription.MaxRate))
            {
                throw Fault(FeatureError.RateOutOfRange);
            }

            FeatureDescription description = new FeatureDescription(
                ReadSignal(bytes, at, rate), FloatBits.ReadUInt16(bytes, WindowAt), FloatBits.ReadUInt16(bytes, HopAt),
                    (FeatureKinds)bytes[KindsAt]);
            for (int band = 0; band < bands; band++)
            {
                description.AddBand(FloatBits.Read(bytes, BandListAt + BandBytes * band),
                    FloatBits.Read(bytes, BandListAt + BandBytes * band + 4));
            }

            FeatureError error = description.Check();
            return error == FeatureError.None ? description : throw Fault(error);
        }

        internal static byte[] Write(FeatureDescription description)
        {
            Signal signal = description.Signal;
            int length = BandListAt + BandBytes * description.Bands;
            for (int i = 0; i < signal.Channels; i++)
            {
                length += 2 + Measure(signal.GetName(i)) + Measure(signal.GetUnit(i));
            }

            byte[] bytes = new byte[(length + 3) & ~3];
            bytes[0] = Version;
            bytes[ChannelsAt] = (byte)signal.Channels;
            bytes[KindsAt] = (byte)description.Kinds;
            bytes[BandsAt] = (byte)description.Bands;
            FloatBits.WriteUInt16(bytes, WindowAt, description.Window);
            FloatBits.WriteUInt16(bytes, HopAt, description.Hop);
            FloatBits.Write(bytes, RateAt, signal.Rate);
            int at = BandListAt;
            for (int band = 0; band < description.Bands; band++)
            {
                FloatBits.Write(bytes, at, description.GetFrequency(band));
                FloatBits.Write(bytes, at + 4, description.GetCoefficient(band));
                at += BandBytes;
            }

            for (int i = 0; i < signal.Channels; i++)
            {
                at = WriteText(signal.GetName(i), bytes, at);
                at = WriteText(signal.GetUnit(i), bytes, at);
            }

            return bytes;
        }

        private static Signal ReadSignal(byte[] bytes, int at, float rate)
        {
            int channels = bytes[ChannelsAt];
            if (channels < 1 || channels > Signal.MaxChannels)
            {
                throw Fault(FeatureError.ChannelCountOutOfRange);
            }

            Signal signal = new Signal(rate);
            for (int i = 0; i < channels; i++)
            {
                int nameAt = at;
                int unitAt = End(bytes, nameAt);
                at = End(bytes, unitAt);
                signal.Add(Utf8.Decode(bytes, nameAt + 1, bytes[nameAt]), Utf8.Decode(bytes, unitAt + 1, bytes[unitAt]));
            }

            bool padded = bytes.Length - at < 4;
            for (int i = at; i < bytes.Length; i++)
            {
                padded = padded && bytes[i] == 0;
            }

            return padded ? signal : throw Fault(FeatureError.NamesMalformed);
        }

        /// <summary>Where a text ends that begins with its length.</summary>
        private static int End(byte[] bytes, int at)
        {
            return at < bytes.Length && at + 1 + bytes[at] <= bytes.Length ? at + 1 + bytes[at] : throw Fault(FeatureError.NamesMalformed);
        }

        private static int Measure(string text)
        {
            int length = Utf8Writer.Measure(text);
            return length < 256 ? length : throw Fault(FeatureError.NamesMalformed);
        }

        private static int WriteText(string text, byte[] bytes, int at)
        {
            int length = Utf8Writer.Encode(text, bytes, at + 1);
            bytes[at] = (byte)length;
            return at + 1 + length;
        }

        private static FeatureException Fault(FeatureError error)
        {
            return new FeatureException(error, FeatureMessages.Describe(error));
        }
    }
}
