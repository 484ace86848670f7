using Tiny.Core.Activations;
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
        private const int NetworkFields = 14;
        private const int ScalingFields = 6;
        private const int NamesFields = 2;
        private const int LayerFields = 8;
        private const int ReaderFields = 15;
        private const int ShapeFields = 7;
        private const int LearnerFields = 9;
        private const int TableFields = 2;

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
            int outputs = network.Outputs;
            int bytes = Object(NetworkFields) + Object(ScalingFields) + 2 * Array(network.Inputs, 4) + 2 * Array(outputs, 4);
            bytes += Object(NamesFields) + Array(network.NameBytes, 1);
            bytes += Object(ReaderFields) + Object(ShapeFields) + 2 * Array(NetworkShape.MaxLayers, 4) + Array(NetworkShape.MaxLayers, 1);
            bytes += ReferenceArray(network.LayerCount);
            bool table = false;
            for (int i = 0; i < network.LayerCount; i++)
            {
                DenseLayer layer = network.GetLayer(i);
                bytes += Object(LayerFields) + ReferenceArray(layer.Rows) + layer.Rows * Array(1 + layer.Inputs, 4);
                table = table || ActivationTraits.UsesSigmoidTable(layer.Activation);
            }

            bytes += 2 * Array(Widest(network), 4);
            return table ? bytes + Object(TableFields) + 2 * Array(SigmoidTable.Pieces, 4) : bytes;
        }

        /// <summary>The same with a learner on the network.</summary>
        public static int ToLearn(Network network)
        {
            int bytes = Object(LearnerFields) + 2 * ReferenceArray(network.LayerCount);
            for (int i = 0; i < network.LayerCount; i++)
            {
                bytes += 2 * Array(network.GetLayer(i).Rows, 4);
            }

            bytes += Array(network.Inputs, 4) + Array(network.Outputs, 4) + Array(Widest(network), 4);
            return ToPredict(network) + bytes;
        }

        /// <summary>The largest single array of a network just large enough, in bytes of heap: the piece a fragmented heap must still have.</summary>
        public static int LargestArray(Network network)
        {
            int largest = Larger(Array(NetworkShape.MaxLayers, 4), Array(network.NameBytes, 1));
            largest = Larger(largest, Array(Widest(network), 4));
            for (int i = 0; i < network.LayerCount; i++)
            {
                DenseLayer layer = network.GetLayer(i);
                largest = Larger(largest, Larger(Array(1 + layer.Inputs, 4), ReferenceArray(layer.Rows)));
                if (ActivationTraits.UsesSigmoidTable(layer.Activation))
                {
                    largest = Larger(largest, Array(SigmoidTable.Pieces, 4));
                }
            }

            return largest;
        }

        private static int Larger(int a, int b)
        {
            return a > b ? a : b;
        }

        private static int Widest(Network network)
        {
            int widest = network.Inputs;
            for (int i = 0; i < network.LayerCount; i++)
            {
                widest = Larger(widest, network.GetLayer(i).Rows);
            }

            return widest;
        }
    }
}
