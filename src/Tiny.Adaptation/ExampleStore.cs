using System;
using Tiny.Learning;

namespace Tiny.Adaptation
{
    /// <summary>
    /// Labeled examples in fixed memory: for each class a set to learn from and one that is held out and never learned from. Of the
    /// recordings of a class every <see cref="HeldOutEvery"/>th is held out, whole. What is learned from stays a fair sample of all that
    /// were ever added; the held-out examples are rather the recent ones. One class never displaces another.
    /// </summary>
    /// <remarks>
    /// Takes (capacity + held out) * classes arrays of the network's inputs. Adding copies the example and allocates nothing.
    /// </remarks>
    /// <example>
    /// <code>
    /// // Of each class 20 examples to learn from and 10 held out.
    /// ExampleStore examples = new ExampleStore(network.ClassCount, network.Inputs, 20, 10, 1);
    /// examples.Add(features, label);
    /// </code>
    /// </example>
    public sealed class ExampleStore
    {
        /// <summary>One recording in so many is held out.</summary>
        public const int HeldOutEvery = 3;

        // Counts end here: what the generator draws from, and far from where an int overflows.
        private const int MostCounted = 16000000;

        // What an array of references may have on the device.
        private const int MostPlaces = 65535;

        private readonly int capacity;
        private readonly int heldOutCapacity;
        private readonly float[][] examples; // (classes * (capacity + heldOutCapacity))(inputs): of each class first those to learn from
        private readonly int[] begun;        // (classes * heldOutCapacity) the number of the recording that it began, or 0
        private readonly int[] learned;       // (classes) added to learn from, ever
        private readonly int[] heldOut;      // (classes) added to the held-out ones, ever
        private readonly int[] turns;        // (classes) recordings since one was held out
        private readonly SeededRandom random;
        private int recordings;              // begun so far; it may wrap
        private int recording;               // the caller's number of the last one
        private bool hasNumber;              // whether it has one

        /// <summary>An empty store.</summary>
        /// <param name="classes">Classes, 2 or more.</param>
        /// <param name="inputs">Inputs of an example.</param>
        /// <param name="capacity">Examples of a class to learn from, 1 or more.</param>
        /// <param name="heldOutCapacity">Examples of a class held out, 1 or more.</param>
        /// <param name="seed">Fixes which examples are replaced and in which order they are learned.</param>
        /// <exception cref="ArgumentException">A number is too small, or they come to more than 65,535 examples.</exception>
        public ExampleStore(int classes, int inputs, int capacity, int heldOutCapacity, int seed)
        {
            if (classes < 2 || inputs < 1 || capacity < 1 || heldOutCapacity < 1
                || ((long)capacity + heldOutCapacity) * classes > MostPlaces)
            {
                throw new ArgumentException(
                    "A store of " + classes + " classes, " + inputs + " inputs, " + capacity + " and " + heldOutCapacity
                    + " examples: expected 2 classes or more, 1 or more of the others, and at most " + MostPlaces + " examples in all.");
            }

            Classes = classes;
            Inputs = inputs;
            this.capacity = capacity;
            this.heldOutCapacity = heldOutCapacity;
            learned = new int[classes];
            heldOut = new int[classes];
            turns = new int[classes];
            begun = new int[classes * heldOutCapacity];
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

        /// <summary>Whether the example added last is held out.</summary>
        public bool IsLastHeldOut { get; private set; }

        /// <summary>Whether the example added last began a recording.</summary>
        internal bool BeganRecording { get; private set; }

        /// <summary>Adds an example that shares nothing with those before it: a recording of its own.</summary>
        /// <param name="sample">(inputs), in the user's units, all finite. It is copied.</param>
        /// <param name="classIndex">From 0 to Classes - 1.</param>
        /// <exception cref="ArgumentException">
        /// The sample has the wrong length, or a value of it is not finite. Nothing was changed.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class. Nothing was changed.</exception>
        public void Add(float[] sample, int classIndex)
        {
            Check(sample, classIndex);
            hasNumber = false;
            Put(sample, classIndex, true);
        }

        /// <summary>
        /// Adds an example of a recording: of one movement, one press of a button, or whatever else overlapping windows were cut from. All
        /// examples of a recording are held out, or none: otherwise the network would be tried on what it has learned.
        /// </summary>
        /// <param name="sample">(inputs), in the user's units, all finite. It is copied.</param>
        /// <param name="classIndex">From 0 to Classes - 1.</param>
        /// <param name="recording">Any number. The examples of a recording are added one after
        /// another; another number than the last one's begins a new recording.</param>
        /// <exception cref="ArgumentException">
        /// The sample has the wrong length, or a value of it is not finite. Nothing was changed.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class. Nothing was changed.</exception>
        public void Add(float[] sample, int classIndex, int recording)
        {
            Check(sample, classIndex);
            bool begins = !hasNumber || recording != this.recording;
            hasNumber = true;
            this.recording = recording;
            Put(sample, classIndex, begins);
        }

        /// <summary>Examples of a class ever added, to learn from or held out.</summary>
        /// <param name="classIndex">From 0 to Classes - 1.</param>
        public int AddedOf(int classIndex)
        {
            return learned[classIndex] + heldOut[classIndex];
        }

        /// <summary>Examples of a class to learn from.</summary>
        internal int Count(int classIndex)
        {
            return learned[classIndex] < capacity ? learned[classIndex] : capacity;
        }

        /// <summary>Examples of a class held out.</summary>
        internal int HeldOutCount(int classIndex)
        {
            return heldOut[classIndex] < heldOutCapacity ? heldOut[classIndex] : heldOutCapacity;
        }

        /// <summary>Whether there are examples of two classes to learn from.</summary>
        internal bool HasTwoClasses()
        {
            return HasTwo(learned);
        }

        /// <summary>Whether examples of two classes are held out.</summary>
        internal bool HoldsOutTwoClasses()
        {
            return HasTwo(heldOut);
        }

        /// <summary>The next class behind one that has examples to learn from, around and around.</summary>
        internal int NextClass(int classIndex)
        {
            do
            {
                classIndex = classIndex + 1 < Classes ? classIndex + 1 : 0;
            }
            while (learned[classIndex] == 0);
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

        /// <summary>Whether a held-out example began one of the latest recordings.</summary>
        /// <param name="classIndex">Its class.</param>
        /// <param name="index">Its place among the held-out ones of the class.</param>
        /// <param name="latest">How many recordings are the latest ones.</param>
        internal bool BeganLately(int classIndex, int index, int latest)
        {
            int number = begun[classIndex * heldOutCapacity + index];
            int since = recordings - number;
            return number != 0 && since >= 0 && since < latest;
        }

        private static bool HasTwo(int[] counts)
        {
            int present = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                present += counts[i] > 0 ? 1 : 0;
            }

            return present > 1;
        }

        private void Check(float[] sample, int classIndex)
        {
            if (sample == null || sample.Length != Inputs)
            {
                throw new ArgumentException(
                    "The sample has " + (sample == null ? 0 : sample.Length) + " inputs, expected " + Inputs + ".", "sample");
            }

            if (classIndex < 0 || classIndex >= Classes)
            {
                throw new ArgumentOutOfRangeException(
                    "classIndex", "class " + classIndex + ": there are classes 0 to " + (Classes - 1) + ".");
            }

            for (int i = 0; i < Inputs; i++)
            {
                if (sample[i] - sample[i] != 0f)
                {
                    throw new ArgumentException("Input " + i + " is not a finite number.", "sample");
                }
            }
        }

        private void Put(float[] sample, int classIndex, bool begins)
        {
            BeganRecording = begins;
            Added += Added < int.MaxValue ? 1 : 0;
            if (begins)
            {
                recordings++;
                IsLastHeldOut = turns[classIndex] == HeldOutEvery - 1;
                turns[classIndex] = IsLastHeldOut ? 0 : turns[classIndex] + 1;
            }

            int[] counts = IsLastHeldOut ? heldOut : learned;
            int place = IsLastHeldOut ? PlaceOfRecent(counts[classIndex]) : PlaceOfFair(counts[classIndex]);
            counts[classIndex] += counts[classIndex] < MostCounted ? 1 : 0;
            if (place >= 0)
            {
                int first = classIndex * (capacity + heldOutCapacity);
                Array.Copy(sample, 0, examples[IsLastHeldOut ? first + capacity + place : first + place], 0, Inputs);
            }

            if (IsLastHeldOut)
            {
                begun[classIndex * heldOutCapacity + place] = begins ? recordings : 0;
            }
        }

        /// <summary>
        /// Algorithm R (Vitter 1985): where the next example goes, -1 if it is passed over. Each ever
        /// added has the same chance to be there.
        /// </summary>
        private int PlaceOfFair(int added)
        {
            if (added < capacity)
            {
                return added;
            }

            int drawn = random.NextInt(added + 1);
            return drawn < capacity ? drawn : -1;
        }

        /// <summary>
        /// Where the next held-out example goes: when all places are taken, over any of them. So the
        /// latest is always there, and an old one ever less likely.
        /// </summary>
        private int PlaceOfRecent(int added)
        {
            return added < heldOutCapacity ? added : random.NextInt(heldOutCapacity);
        }
    }
}
