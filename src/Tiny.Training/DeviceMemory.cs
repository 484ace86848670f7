using System;
using Tiny.Core.Activations;
using Tiny.Core.Kernels;
using Tiny.Core.Layers;

namespace Tiny.Core
{
    /// <summary>
    /// Reckons nanoFramework heap as the runtime does: blocks of 12 bytes; a primitive array 20 bytes and its elements, rounded up; an
    /// array of references one block an element; an object one block and one more for each field.
    /// </summary>
    public static class DeviceMemory
    {
        private const int Block = 12;
        private const int ArrayHeader = 20;

        // Fields of one instance of each class, auto-properties included.
        private const int NetworkFields = 15;
        private const int ScalingFields = 6;
        private const int NotesFields = 2;
        private const int DenseFields = 10;
        private const int PackedLayersFields = 3;
        private const int PackedFields = 9;
        private const int FirstPackedFields = PackedFields + 4;
        private const int NextPackedFields = PackedFields + 1;
        private const int LearnerFields = 11;
        private const int TableFields = 2;

        // The largest array that is there in any case.
        private static readonly int ConstantArray = Array(Softmax.Powers, 4);

        /// <summary>Heap of an array of numbers.</summary>
        public static int Array(int length, int bytesPerElement)
        {
            return (ArrayHeader + length * bytesPerElement + Block - 1) / Block * Block;
        }

        /// <summary>Heap of an array of references, what they refer to not counted.</summary>
        public static int ReferenceArray(int length)
        {
            return Array(0, 0) + length * Block;
        }

        /// <summary>Heap of an object with this many fields.</summary>
        public static int Object(int fields)
        {
            return Block + fields * Block;
        }

        /// <summary>Heap of a network just large enough for what this one holds now: what Network.FromBlob makes, the blob itself not counted.</summary>
        public static int ToPredict(Network network)
        {
            CheckNotNull(network);
            int floats = network.PackedCount == 0 ? network.Inputs : 0;
            int outputs = network.Task == NetworkTask.Regression ? network.Outputs : 0;
            int bytes = Object(NetworkFields) + Object(ScalingFields) + (floats > 0 ? 2 * Array(floats, 4) : 0) + (outputs > 0 ? 2 * Array(outputs, 4) : 0);
            bytes += Object(NotesFields) + Array(network.NameBytes + network.FeatureBytes, 1);
            bytes += ReferenceArray(network.LayerCount - network.PackedCount) + OfPackedLayers(network);
            bool table = false;
            for (int i = 0; i < network.LayerCount; i++)
            {
                bytes += i < network.PackedCount ? 0 : Object(DenseFields) + DenseWeights(network.LayerOf(i).rows, network.LayerOf(i).inputs);
                table = table || ActivationTraits.UsesSigmoidTable(network.LayerOf(i).activation);
            }

            bytes += (network.LayerCount == network.PackedCount ? 1 : 2) * Array(WidestFloats(network), 4);
            bytes += WidestFloatInput(network) > DenseForward.Widest ? Array(DenseForward.Widest, 4) : 0;
            return table ? bytes + Object(TableFields) + 2 * Array(SigmoidTable.Pieces, 4) : bytes;
        }

        /// <summary>The same with a learner on the network; as <see cref="ToPredict"/> where no layer can learn.</summary>
        public static int ToLearn(Network network)
        {
            CheckNotNull(network);
            int packed = network.PackedCount;
            int layers = network.LayerCount - packed;
            if (layers == 0)
            {
                return ToPredict(network);
            }

            int bytes = Object(LearnerFields) + 2 * ReferenceArray(layers);
            for (int i = packed; i < network.LayerCount; i++)
            {
                bytes += 2 * Array(Even(network.LayerOf(i).rows), 4);
            }

            int entering = packed == 0 ? 0 : network.LayerOf(packed - 1).rows;
            bytes += Array(Even(Larger(network.LayerOf(packed).inputs, entering)), 4) + Array(network.Outputs, 4) + Array(WidestFloats(network), 4);
            return ToPredict(network) + bytes;
        }

        /// <summary>The largest single array of a network just large enough, in bytes of heap: the piece a fragmented heap must still have.</summary>
        public static int LargestArray(Network network)
        {
            CheckNotNull(network);
            int largest = Larger(ConstantArray, Array(network.NameBytes + network.FeatureBytes, 1));
            largest = Larger(largest, Array(WidestFloats(network), 4));
            for (int i = 0; i < network.LayerCount; i++)
            {
                int rows = network.LayerOf(i).rows;
                int inputs = network.LayerOf(i).inputs;
                if (i >= network.PackedCount)
                {
                    largest = Larger(largest, ReferenceArray(Larger(DenseLayer.Blocks(inputs) - 1, DenseLayer.Pairs(rows))));
                    largest = Larger(largest, Array(2 * DenseLayer.BlockWidth(inputs, 0), 4));
                }
                else if (i == 0)
                {
                    largest = Larger(largest, ReferenceArray(OutputPackedLayer.CountBlocks(inputs) * ((rows + 2) / 3)));
                    largest = Larger(largest, Array(1 + OutputPackedForward.WidthFor(inputs), 8));
                    largest = Larger(largest, Array(network.InputForm == InputForm.LevelsEach ? 2 * inputs : 2, 4));
                }
                else
                {
                    largest = Larger(largest, ReferenceArray(InputPackedLayer.CountBlocks(inputs) * rows));
                    largest = Larger(largest, Array(1 + InputPackedLayer.WidthOfBlock(inputs, 0), 8));
                }

                if (ActivationTraits.UsesSigmoidTable(network.LayerOf(i).activation))
                {
                    largest = Larger(largest, Array(SigmoidTable.Pieces, 4));
                }
            }

            return largest;
        }

        private static void CheckNotNull(Network network)
        {
            // Saving comes here, and the device makes an object of a name each time it is loaded.
            if (network == null)
            {
                throw new ArgumentNullException("network");
            }
        }

        private static int DenseWeights(int rows, int inputs)
        {
            int pairs = DenseLayer.Pairs(rows);
            int blocks = DenseLayer.Blocks(inputs);
            int bytes = Array(2 * pairs, 4) + blocks * ReferenceArray(pairs) + (blocks > 1 ? ReferenceArray(blocks - 1) : 0);
            for (int block = 0; block < blocks; block++)
            {
                bytes += pairs * Array(2 * DenseLayer.BlockWidth(inputs, block), 4);
            }

            return bytes;
        }

        private static int OfPackedLayers(Network network)
        {
            if (network.PackedCount == 0)
            {
                return 0;
            }

            int widest = PackedLayers.WidestOf(network.packed.layers);
            int bytes = Object(PackedLayersFields) + ReferenceArray(network.PackedCount) + Array(PackedLayers.DigitsOf(network.packed.layers), 8);
            bytes += PackedLayers.NeedsSums(network.packed.layers) ? Array((widest + 2) / 3 * 3, 4) : 0;
            for (int i = 0; i < network.PackedCount; i++)
            {
                int rows = network.LayerOf(i).rows;
                bytes += i == 0 ? FirstPacked(network, rows, network.Inputs) : NextPacked(rows, network.LayerOf(i).inputs);
                bool relu = network.LayerOf(i).activation == Activation.Relu;
                bytes += i == network.PackedCount - 1 ? Array(Even(rows), 4) : Array(relu ? 1 : rows, 1) + (relu ? 0 : Array(256, 1) + Array(2, 4));
            }

            return bytes;
        }

        private static int FirstPacked(Network network, int rows, int inputs)
        {
            bool each = network.InputForm == InputForm.LevelsEach;
            int groups = (rows + 2) / 3;
            int bytes = Object(FirstPackedFields) + ReferenceArray(OutputPackedLayer.CountBlocks(inputs) * groups) + Array(each ? 2 * inputs : 2, 4);
            int widest = 0;
            for (int at = 0; at < inputs;)
            {
                int width = OutputPackedForward.WidthFor(inputs - at);
                bytes += groups * Array(1 + width, 8);
                widest = Larger(widest, width);
                at += width;
            }

            return bytes + Array(widest, 1) + (OutputPackedLayer.NeedsScratch(inputs, each) ? Array(widest, 4) : 0);
        }

        private static int NextPacked(int rows, int inputs)
        {
            int blocks = InputPackedLayer.CountBlocks(inputs);
            int bytes = Object(NextPackedFields) + ReferenceArray(blocks * rows);
            for (int block = 0; block < blocks; block++)
            {
                bytes += rows * Array(1 + InputPackedLayer.WidthOfBlock(inputs, block), 8);
            }

            return blocks > 1 ? bytes + Array(InputPackedLayer.WidthOfBlock(inputs, 0), 8) : bytes;
        }

        private static int WidestFloatInput(Network network)
        {
            int widest = 0;
            for (int i = network.PackedCount; i < network.LayerCount; i++)
            {
                widest = Larger(widest, network.LayerOf(i).inputs);
            }

            return widest;
        }

        private static int WidestFloats(Network network)
        {
            int packed = network.PackedCount;
            int widest = WidestFloatInput(network);
            for (int i = packed == 0 ? 0 : packed - 1; i < network.LayerCount; i++)
            {
                widest = Larger(widest, network.LayerOf(i).rows);
            }

            return Even(widest);
        }

        private static int Even(int count)
        {
            return (count + 1) & ~1;
        }

        private static int Larger(int a, int b)
        {
            return a > b ? a : b;
        }
    }
}
