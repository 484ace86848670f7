using System.Buffers.Binary;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Learning;
using Tiny.Saving;

namespace Tiny.Emulator.Tests.Costs;

/// <summary>A model as format version 1 had it, for the library of the history, which reads no other.</summary>
internal static class Version1Blob
{
    /// <summary>The blob in version 1: a chain of dense layers without names.</summary>
    internal static byte[] Of(byte[] blob)
    {
        List<byte> records = [];
        List<byte> parameters = [];
        int at = BlobFormat.PlanAt + blob[BlobFormat.BufferCountAt] * BlobFormat.BufferBytes;
        int nodes = blob[BlobFormat.NodeCountAt];
        for (int node = 0; node < nodes; node++)
        {
            byte[] attributes = blob[(at + BlobFormat.NodeBytes)..(at + BlobFormat.NodeBytes + blob[at + 1])];
            bool int8 = blob[at] is LevelDense.LevelDenseCode or DigitDense.DigitDenseCode;
            bool softmax = node == nodes - 1 && blob[BlobFormat.OutputFunctionAt] == (byte)Activation.Softmax;
            records.AddRange([attributes[0], attributes[1], softmax ? (byte)Activation.Softmax : attributes[Dense.ActivationAt],
                (byte)(int8 ? 1 : 0)]);
            parameters.AddRange(attributes[(int8 ? 5 : 3)..]);
            at += BlobFormat.NodeBytes + attributes.Length;
        }

        byte[] old = [.. blob[..BlobFormat.PlanAt], .. records, .. parameters, .. blob[BlobFormat.Align(at)..]];
        old[BlobFormat.VersionAt] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(old.AsSpan(34), 0);
        BinaryPrimitives.WriteUInt16LittleEndian(
            old.AsSpan(36), BinaryPrimitives.ReadUInt16LittleEndian(blob.AsSpan(BlobFormat.ColumnsAt)));
        old[38] = (byte)(blob[BlobFormat.SectionsAt] & BlobFormat.InputFormMask);
        BlobWriter.Seal(old, 0, old.Length);
        return old;
    }
}
