using System;
using Tiny.Core.Arithmetic;

namespace Tiny.Adaptation
{
    /// <summary>
    /// Labelled examples in fixed memory: for each class a reservoir to learn from and one that is held out and never learnt from. Every
    /// <see cref="HeldOutEvery"/>th example of a class is held out. A full reservoir replaces a random example, so that it stays a fair sample of all that
    /// were ever added; one class never displaces another.
    /// </summary>
    /// <remarks>Takes (capacity + held out) * classes arrays of the network's inputs. Adding copies the example and allocates nothing.</remarks>
    public sealed class ExampleStore
    {
        /// <summary>One example in so many is held out.</summary>
        public const int HeldOutEvery = 3;

        private readonly int capacity;
        private readonly int heldOutCapacity;
        private readonly float[][] examples; // (classes * (capacity + heldOutCapacity))(inputs): of each class first those to learn from
        private readonly int[] learnt;       // (classes) added to learn from, ever
        private readonly int[] heldOut;      // (classes) added to the held-out ones, ever
        private readonly SeededRandom random;

        /// <summary>An empty store.</summary>
        /// <param name="classes">Classes, 2 or more.</param>
        /// <param name="inputs">Inputs of an example.</param>
        /// <param name="capacity">Examples of a class to learn from, 1 or more.</param>
        /// <param name="heldOutCapacity">Examples of a class held out, 1 or more.</param>
        /// <param name="seed">Fixes which examples are replaced and in which order they are learnt.</param>
        public ExampleStore(int classes, int inputs, int capacity, int heldOutCapacity, int seed)
        {
            if (classes < 2 || inputs < 1 || capacity < 1 || heldOutCapacity < 1)
            {
                throw new ArgumentException("A store of " + classes + " classes, " + inputs + " inputs, " + capacity + " and " + heldOutCapacity
                    + " examples: expected 2 classes or more, and 1 or more of the others.");
            }

            Classes = classes;
            Inputs = inputs;
            this.capacity = capacity;
            this.heldOutCapacity = heldOutCapacity;
            learnt = new int[classes];
            heldOut = new int[classes];
            random = new SeededRandom(seed);
            examples = new float[classes * (capacity + heldOutCapacity)][];
            for (int i = 0; i < examples.Length; i++)
            {
                examples[i] = new float[inputs];
            }
        }

        /// <summary>Classes.</summary>
        public int Classes { get; }

        /// <summary>Inputs of an example.</summary>
        public int Inputs { get; }

        /// <summary>Examples ever added.</summary>
        public int Added { get; private set; }

        /// <summary>Adds an example.</summary>
        /// <param name="sample">(inputs), in the user's units, all finite. It is copied.</param>
        /// <param name="classIndex">From 0 to Classes - 1.</param>
        /// <exception cref="ArgumentException">The sample does not fit, or there is no such class. Nothing was changed.</exception>
        public void Add(float[] sample, int classIndex)
        {
            if (sample == null || sample.Length != Inputs)
            {
                throw new ArgumentException("The sample has " + (sample == null ? 0 : sample.Length) + " inputs, expected " + Inputs + ".", "sample");
            }

            if (classIndex < 0 || classIndex >= Classes)
            {
                throw new ArgumentOutOfRangeException("classIndex", "class " + classIndex + ": there are classes 0 to " + (Classes - 1) + ".");
            }

            for (int i = 0; i < Inputs; i++)
            {
                if (sample[i] - sample[i] != 0f)
                {
                    throw new ArgumentException("Input " + i + " is not a finite number.", "sample");
                }
            }

            Added++;
            bool isHeldOut = (learnt[classIndex] + heldOut[classIndex]) % HeldOutEvery == HeldOutEvery - 1;
            int[] counts = isHeldOut ? heldOut : learnt;
            int place = Place(counts[classIndex], isHeldOut ? heldOutCapacity : capacity);
            counts[classIndex]++;
            if (place >= 0)
            {
                int first = classIndex * (capacity + heldOutCapacity) + (isHeldOut ? capacity : 0);
                Array.Copy(sample, examples[first + place], Inputs);
            }
        }

        /// <summary>Examples of a class to learn from.</summary>
        internal int Count(int classIndex)
        {
            return learnt[classIndex] < capacity ? learnt[classIndex] : capacity;
        }

        /// <summary>Examples of a class held out.</summary>
        internal int HeldOutCount(int classIndex)
        {
            return heldOut[classIndex] < heldOutCapacity ? heldOut[classIndex] : heldOutCapacity;
        }

        /// <summary>Examples held out, of all classes.</summary>
        internal int HeldOutInAll()
        {
            int count = 0;
            for (int i = 0; i < Classes; i++)
            {
                count += HeldOutCount(i);
            }

            return count;
        }

        /// <summary>Whether there are examples of two classes to learn from.</summary>
        internal bool HasTwoClasses()
        {
            int present = 0;
            for (int i = 0; i < Classes; i++)
            {
                present += learnt[i] > 0 ? 1 : 0;
            }

            return present > 1;
        }

        /// <summary>The next class behind one that has examples to learn from, around and around.</summary>
        internal int NextClass(int classIndex)
        {
            do
            {
                classIndex = classIndex + 1 < Classes ? classIndex + 1 : 0;
            }
            while (learnt[classIndex] == 0);
            return classIndex;
        }

        /// <summary>An example of a class to learn from, drawn at random. It has one.</summary>
        internal float[] Draw(int classIndex)
        {
            return examples[classIndex * (capacity + heldOutCapacity) + random.NextInt(Count(classIndex))];
        }

        /// <summary>A held-out example of a class.</summary>
        internal float[] HeldOut(int classIndex, int index)
        {
            return examples[classIndex * (capacity + heldOutCapacity) + capacity + index];
        }

        /// <summary>Algorithm R (Vitter 1985): where the next example goes, -1 if it is passed over.</summary>
        private int Place(int added, int room)
        {
            if (added < room)
            {
                return added;
            }

            // Beyond what the generator draws from, an example's chance is next to nothing anyway.
            int drawn = random.NextInt(added < 16000000 ? added + 1 : 16000000);
            return drawn < room ? drawn : -1;
        }
    }
}
