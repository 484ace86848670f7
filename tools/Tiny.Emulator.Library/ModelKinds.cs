using Tiny.Anomaly;
using Tiny.Convolution;
using Tiny.Convolution.Int8;
using Tiny.Convolution.Int8.Saving;
using Tiny.Convolution.Int8.Wide;
using Tiny.Convolution.Learning;
using Tiny.Convolution.Streaming;
using Tiny.Core.Layers;
using Tiny.Core.Wide;
using Tiny.Int8;
using Tiny.Int8.Wide;
using Tiny.Learning.Wide;
using Tiny.Native.Convolution;
using Tiny.Native.Features;
using Tiny.Native.Float32;
using Tiny.Native.Int8;
using Tiny.Native.Int8.Saving;
using Tiny.Native.Learning;
using Tiny.Native.Recurrence;
using Tiny.Native.Sparse;
using Tiny.Native.Sparse.Int8;
using Tiny.Recurrence;
using Tiny.Recurrence.Int8;
using Tiny.Recurrence.Int8.Saving;
using Tiny.Sparse;
using Tiny.Sparse.Int8;
using Tiny.Sparse.Int8.Saving;
using Tiny.Sparse.Learning;
using Tiny.Sparse.Saving;
using Tiny.Version1;

namespace Tiny.Emulator.Library
{
    /// <summary>
    /// Registers what a program for one model would: each entry takes heap and time, so that
    /// registering all would tell more than a board pays.
    /// </summary>
    public static class ModelKinds
    {
        /// <summary>Stands for blobs of version 1, among the kinds.</summary>
        public const byte Version1 = 0;

        /// <summary>Every kind there is.</summary>
        public static readonly byte[] All =
        {
            Version1, Dense.DenseCode, LevelDense.LevelDenseCode, DigitDense.DigitDenseCode, Conv2D.Conv2DCode,
            DepthwiseConv2D.DepthwiseConv2DCode, MaxPooling.MaxPoolingCode,
            AveragePooling.AveragePoolingCode, GlobalAverage.GlobalAverageCode, Add.AddCode, Concat.ConcatCode, Int8Conv2D.Int8Conv2DCode,
            SparseDense.SparseCode,
            SparseLevels.SparseLevelsCode, Gru.GruCode, FastGrnn.FastGrnnCode, Int8Gru.Int8GruCode, Int8FastGrnn.Int8FastGrnnCode,
            NearestMean.NearestMeanCode, Ring.RingCode,
        };

        /// <summary>What predicting with layers of these kinds takes.</summary>
        public static void ToPredict(byte[] kinds, bool wide)
        {
            for (int i = 0; i < kinds.Length; i++)
            {
                Register(kinds[i], wide);
            }
        }

        /// <summary>What predicting takes where the firmware has the kernels in C: they take the places of the others.</summary>
        public static void ToPredictNatively(byte[] kinds)
        {
            ToPredict(kinds, false);
            NativePasses.Register();
            for (int i = 0; i < kinds.Length; i++)
            {
                int kind = kinds[i];
                RegisterNatively(kind);
                if (kind == Version1 || kind == LevelDense.LevelDenseCode || kind == DigitDense.DigitDenseCode
                    || (kind >= Int8Conv2D.Int8Conv2DCode && kind <= Int8Vector.FlattenCode))
                {
                    NativeInt8.Register();
                }

                if (kind == Version1 || kind == Dense.DenseCode || kind == Conv2D.Conv2DCode || kind == Gru.GruCode
                    || kind == FastGrnn.FastGrnnCode)
                {
                    NativeDense.Register();
                }
            }
        }

        private static void RegisterNatively(int kind)
        {
            switch (kind)
            {
                case Conv2D.Conv2DCode:
                    NativeConv2D.Register();
                    break;
                case DepthwiseConv2D.DepthwiseConv2DCode:
                    NativeDepthwiseConv2D.Register();
                    break;
                case MaxPooling.MaxPoolingCode:
                    NativeMaxPooling.Register();
                    break;
                case AveragePooling.AveragePoolingCode:
                    NativeAveragePooling.Register();
                    break;
                case GlobalAverage.GlobalAverageCode:
                    NativeGlobalAverage.Register();
                    break;
                case SparseDense.SparseCode:
                    NativeSparse.Register();
                    break;
                case SparseLevels.SparseLevelsCode:
                    NativeSparseLevels.Register();
                    break;
                case Gru.GruCode:
                    NativeGru.Register();
                    break;
                case FastGrnn.FastGrnnCode:
                    NativeFastGrnn.Register();
                    break;
            }
        }

        /// <summary>What learning takes besides there.</summary>
        public static void ToLearnNatively(byte[] kinds)
        {
            ToLearn(kinds, false);
            for (int i = 0; i < kinds.Length; i++)
            {
                if (kinds[i] == Version1 || kinds[i] == Dense.DenseCode || kinds[i] == Conv2D.Conv2DCode)
                {
                    NativeLearning.Register();
                }

                RegisterNatively(kinds[i]); // the lines for what learns have registered managed layers
            }
        }

        /// <summary>What looking into packed layers takes there.</summary>
        public static void ToTraceNatively()
        {
            ToTrace();
            NativeInt8Saving.Register();
        }

        /// <summary>What learning takes besides.</summary>
        public static void ToLearn(byte[] kinds, bool wide)
        {
            for (int i = 0; i < kinds.Length; i++)
            {
                int kind = kinds[i];
                if (wide && (kind == Dense.DenseCode || kind == Version1))
                {
                    WideLearning.Register();
                }
                else if (kind >= Conv2D.Conv2DCode && kind <= GlobalAverage.GlobalAverageCode)
                {
                    LearningKinds.Register();
                }
                else if (kind == SparseDense.SparseCode)
                {
                    SparseLearning.Register();
                }
            }
        }

        /// <summary>What looking into packed layers takes.</summary>
        public static void ToTrace()
        {
            Int8ConvolutionSaving.Register();
            SparseLevelUnpacker.Register();
            SparseUnpacker.Register();
            Int8GruUnpacker.Register();
            Int8FastGrnnUnpacker.Register();
        }

        private static void Register(int kind, bool wide)
        {
            switch (kind)
            {
                case Version1:
                    Version1Format.Register();
                    Register(Dense.DenseCode, wide);
                    Register(LevelDense.LevelDenseCode, wide);
                    break;
                case Dense.DenseCode:
                    if (wide)
                    {
                        WideDense.Register();
                    }

                    break;
                case LevelDense.LevelDenseCode:
                case DigitDense.DigitDenseCode:
                    RegisterInt8(wide);
                    break;
                case Conv2D.Conv2DCode:
                    Conv2D.Register();
                    Register(Dense.DenseCode, wide);
                    break;
                case DepthwiseConv2D.DepthwiseConv2DCode:
                    DepthwiseConv2D.Register();
                    break;
                case MaxPooling.MaxPoolingCode:
                    MaxPooling.Register();
                    break;
                case AveragePooling.AveragePoolingCode:
                    AveragePooling.Register();
                    break;
                case GlobalAverage.GlobalAverageCode:
                    GlobalAverage.Register();
                    break;
                case Add.AddCode:
                    Add.Register();
                    break;
                case Concat.ConcatCode:
                    Concat.Register();
                    break;
                case SparseDense.SparseCode:
                    SparseDense.Register();
                    break;
                case SparseLevels.SparseLevelsCode:
                    RegisterInt8(wide);
                    SparseLevels.Register();
                    break;
                case Gru.GruCode:
                    Gru.Register();
                    Register(Dense.DenseCode, wide);
                    break;
                case FastGrnn.FastGrnnCode:
                    FastGrnn.Register();
                    Register(Dense.DenseCode, wide);
                    break;
                case Int8Gru.Int8GruCode:
                    Int8Gru.Register();
                    break;
                case Int8FastGrnn.Int8FastGrnnCode:
                    Int8FastGrnn.Register();
                    break;
                case NearestMean.NearestMeanCode:
                    NearestMean.Register();
                    break;
                case Ring.RingCode:
                    Ring.Register();
                    break;
                default:
                    RegisterInt8Convolutions(kind, wide);
                    break;
            }
        }

        private static void RegisterInt8(bool wide)
        {
            if (wide)
            {
                WideLevelDense.Register();
            }
            else
            {
                Int8Layers.Register();
            }
        }

        private static void RegisterInt8Convolutions(int kind, bool wide)
        {
            if (kind < Int8Conv2D.Int8Conv2DCode || kind > Int8Vector.FlattenCode)
            {
                return;
            }

            RegisterInt8(wide);
            if (wide)
            {
                WideInt8Convolutions.Register();
            }
            else
            {
                Int8Convolutions.Register();
            }
        }
    }
}
