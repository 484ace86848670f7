using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

namespace Tiny.Core.Blobs
{
    // The plan: counts, buffers, and the walk over the nodes in the order of execution.
    public sealed partial class BlobReader
    {
        // Height, width and channels of what each buffer holds behind the nodes so far; 0 for nothing.
        private readonly int[] held = new int[3 * BlobFormat.MostBuffers];
        private int sampleHeight;
        private int sampleWidth;
        private int buffersAt;
        private int nodesAt;
        private int nextNodeAt;
        private int planEnd;
        private int firstWeightsAt; // negative without weights
        private int attributesStart;
        internal LayerKind layerKind; // of the node

        /// <summary>Bytes of the plan: from the first byte behind the header to the end of the last node.</summary>
        public int PlanBytes
        {
            get { return planEnd - BlobFormat.PlanFrom; }
        }

        /// <summary>Stands before the first node.</summary>
        public void Rewind()
        {
            for (int i = 0; i < held.Length; i++)
            {
                held[i] = 0;
            }

            // The normalized sample is there for the first node, in buffer 0.
            if (InputForm == InputForm.Values)
            {
                held[0] = sampleHeight;
                held[1] = sampleWidth;
                held[2] = Inputs / (sampleHeight * sampleWidth);
            }

            Node = -1;
            nextNodeAt = nodesAt;
            WeightsEnd = firstWeightsAt;
        }

        /// <summary>Goes on to the next node and lets its kind measure it.</summary>
        /// <returns>None, or what is wrong with its record.</returns>
        public BlobError Next()
        {
            // The sample is the first node's alone: what passes it on to several is a node too.
            if (Node == 0 && Output != 0)
            {
                held[0] = 0;
            }

            Node++;
            int recordAt = nextNodeAt;
            BlobError error = ReadNode(recordAt);
            if (error != BlobError.None)
            {
                return error;
            }

            int behind = nextNodeAt;
            nextNodeAt = recordAt; // where faults are
            WeightBytes = 0;
            NodeActivation = Activation.Linear;
            OutputLength = 0;
            WeightsAt = WeightsEnd;
            layerKind = LayerKinds.Find(Kind);
            if (layerKind == null)
            {
                return FaultOfNode(BlobError.UnknownLayerKind, Kind, 0);
            }

            error = CheckBuffers();
            if (error == BlobError.None)
            {
                InputLength = Input == BlobFormat.Sample ? Inputs : LengthIn(Input);
                error = layerKind.Measure(this);
            }

            if (error == BlobError.None && WeightBytes > Length - WeightsEnd && firstWeightsAt >= 0)
            {
                error = Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, WeightsEnd);
            }

            if (error != BlobError.None)
            {
                return error;
            }

            WeightsEnd = firstWeightsAt < 0 ? firstWeightsAt : WeightsEnd + WeightBytes;
            nextNodeAt = behind;
            return BlobError.None;
        }

        private int LengthIn(int buffer)
        {
            return held[3 * buffer] * held[3 * buffer + 1] * held[3 * buffer + 2];
        }

        private int BufferAt(int buffer)
        {
            return buffersAt + buffer * BlobFormat.BufferBytes;
        }

        private BlobError CheckBuffers()
        {
            if (Output >= BufferCount || (Input >= BufferCount && Input != BlobFormat.Sample))
            {
                return FaultOfNode(BlobError.BufferOutOfRange, Output >= BufferCount ? Output : Input, BufferCount - 1);
            }

            if (Input == BlobFormat.Sample ? Node != 0 || InputForm == InputForm.Values : LengthIn(Input) == 0)
            {
                return FaultOfNode(BlobError.ReadsBeforeWritten, Input, 0);
            }

            return Input != Output || layerKind.WorksInPlace ? BlobError.None : FaultOfNode(BlobError.OutputOverInput, Output, 0);
        }

        private BlobError ReadCounts()
        {
            int taskCode = ByteAt(BlobFormat.TaskAt);
            if (taskCode > (int)NetworkTask.Classification)
            {
                return Fault(BlobError.UnknownTask, BlobFormat.TaskAt, taskCode, 0);
            }

            int lossCode = ByteAt(BlobFormat.LossAt);
            if (lossCode > (int)Loss.MultiClassHinge)
            {
                return Fault(BlobError.UnknownLoss, BlobFormat.LossAt, lossCode, 0);
            }

            Task = (NetworkTask)taskCode;
            Loss = (Loss)lossCode;
            Generation = Int32At(BlobFormat.GenerationAt);
            NodeCount = ByteAt(BlobFormat.NodeCountAt);
            Inputs = UInt16At(BlobFormat.InputsAt);
            FeatureBytes = 4 * ByteAt(BlobFormat.FeatureWordsAt);
            sampleHeight = 1;
            sampleWidth = 1;
            if (NodeCount < 1 || NodeCount > BlobFormat.MostNodes)
            {
                return Fault(BlobError.LayerCountOutOfRange, BlobFormat.NodeCountAt, NodeCount, BlobFormat.MostNodes);
            }

            if (Inputs < 1)
            {
                return Fault(BlobError.InputCountOutOfRange, BlobFormat.InputsAt, Inputs, BlobFormat.MostValues);
            }

            return ReadPlanHead();
        }

        private BlobError ReadPlanHead()
        {
            int sections = ByteAt(BlobFormat.SectionsAt);
            if ((sections & ~BlobFormat.KnownSections) != 0)
            {
                return Fault(BlobError.UnknownSection, BlobFormat.SectionsAt, sections, BlobFormat.KnownSections);
            }

            int form = sections & BlobFormat.InputFormMask;
            if (form > (int)InputForm.LevelsEach)
            {
                return Fault(BlobError.InputFormDoesNotFit, BlobFormat.SectionsAt, form, 0);
            }

            InputForm = (InputForm)form;
            BufferCount = ByteAt(BlobFormat.BufferCountAt);
            if (BufferCount < 1 || BufferCount > BlobFormat.MostBuffers)
            {
                return Fault(BlobError.BufferOutOfRange, BlobFormat.BufferCountAt, BufferCount, BlobFormat.MostBuffers);
            }

            OutputFunction = (Activation)ByteAt(BlobFormat.OutputFunctionAt);
            if (OutputFunction != Activation.Linear && OutputFunction != Activation.Softmax)
            {
                return Fault(BlobError.UnknownActivation, BlobFormat.OutputFunctionAt, (int)OutputFunction, 0);
            }

            bool shaped = (sections & BlobFormat.HasShape) != 0;
            buffersAt = BlobFormat.PlanAt + (shaped ? BlobFormat.ShapeBytes : 0);
            nodesAt = BufferAt(BufferCount);
            if (nodesAt > Length)
            {
                return Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, nodesAt);
            }

            return shaped && !ReadShape()
                ? Fault(BlobError.InputCountOutOfRange, BlobFormat.PlanAt, sampleHeight * sampleWidth, Inputs) : CheckBufferRecords();
        }

        /// <summary>Height and width of a sample; the channels are what is left of its values.</summary>
        private bool ReadShape()
        {
            sampleHeight = UInt16At(BlobFormat.PlanAt);
            sampleWidth = UInt16At(BlobFormat.PlanAt + 2);
            long places = (long)sampleHeight * sampleWidth;
            return places > 0 && places <= Inputs && Inputs % (int)places == 0;
        }

        private BlobError CheckBufferRecords()
        {
            for (int i = 0; i < BufferCount; i++)
            {
                // No node gives more than two values of weights' rows for each of its outputs: what is larger asks for memory alone.
                if (BufferType(i) > BlobFormat.Levels || BufferLength(i) < 1 || BufferLength(i) > 2 * BlobFormat.MostValues)
                {
                    return Fault(BlobError.BufferOutOfRange, BufferAt(i), BufferLength(i), 1);
                }
            }

            // The normalized sample goes to buffer 0.
            if (InputForm == InputForm.Values && (BufferType(0) != BlobFormat.Floats || BufferLength(0) < Inputs))
            {
                return Fault(BlobError.BufferTooSmall, BufferAt(0), BufferLength(0), Inputs);
            }

            return BlobError.None;
        }

        private BlobError ReadNode(int at)
        {
            if (Length - at < BlobFormat.NodeBytes || Length - at - BlobFormat.NodeBytes < ByteAt(at + 1))
            {
                return Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, at + BlobFormat.NodeBytes);
            }

            Kind = ByteAt(at);
            AttributeBytes = ByteAt(at + 1);
            Output = ByteAt(at + 2);
            Input = ByteAt(at + 3);
            attributesStart = Start + at + BlobFormat.NodeBytes;
            nextNodeAt = at + BlobFormat.NodeBytes + AttributeBytes;
            return BlobError.None;
        }

        /// <summary>Walks the nodes without their weights: each must be well, and the last must give what task and loss ask for.</summary>
        private BlobError CheckPlan()
        {
            BlobError error = CheckNodes(-1);
            if (error != BlobError.None)
            {
                return error;
            }

            if (BufferType(Output) != BlobFormat.Floats)
            {
                return FaultOfNode(BlobError.BufferTypeDoesNotFit, BufferType(Output), BlobFormat.Floats);
            }

            planEnd = nextNodeAt;
            Outputs = OutputLength;
            return LossFits() ? BlobError.None : Fault(BlobError.LossDoesNotFit, BlobFormat.LossAt, (int)Loss, 0);
        }

        /// <summary>Walks the nodes, and checks their weights where those stand somewhere.</summary>
        private BlobError CheckNodes(int weightsAt)
        {
            firstWeightsAt = weightsAt;
            Rewind();
            BlobError error = BlobError.None;
            for (int i = 0; i < NodeCount && error == BlobError.None; i++)
            {
                error = Next();
                if (error == BlobError.None && weightsAt >= 0)
                {
                    error = layerKind.CheckWeights(this);
                }
            }

            return error;
        }

        /// <summary>
        /// Softmax cross-entropy is of softmax, binary cross-entropy of sigmoid, a regression is of
        /// squared errors; and one output tells two classes apart only as a probability.
        /// </summary>
        private bool LossFits()
        {
            Activation Output = OutputFunction == Activation.Softmax ? Activation.Softmax : NodeActivation;
            bool squared = Loss == Loss.MeanSquaredError || Loss == Loss.HalfSquaredError;
            if ((Loss == Loss.SoftmaxCrossEntropy) != (Output == Activation.Softmax)
                || (Loss == Loss.BinaryCrossEntropy && Output != Activation.Sigmoid))
            {
                return false;
            }

            return Task == NetworkTask.Regression ? squared : Outputs > 1 || (Output == Activation.Sigmoid && Loss != Loss.MultiClassHinge);
        }
    }
}
