namespace Tiny.Core.Blobs
{
    /// <summary>Whether the model that a reader has open fits into a network. Allocates nothing.</summary>
    internal static class CapacityCheck
    {
        /// <summary>None, or what the network has no room for.</summary>
        internal static BlobError Check(BlobReader reader, Network network)
        {
            NetworkShape shape = reader.Shape;
            if (shape.LayerCount > network.LayerCapacity)
            {
                return reader.Fault(
                    BlobError.TooManyLayersForNetwork, BlobFormat.LayerCountAt, shape.LayerCount, network.LayerCapacity);
            }

            if (!network.HasPackedLayersOf(shape))
            {
                return reader.Fault(BlobError.Int8LayersDifferFromNetwork, BlobFormat.LayersAt, shape.PackedLayers, 0);
            }

            for (int layer = shape.PackedLayers; layer < shape.LayerCount; layer++)
            {
                int at = BlobFormat.LayersAt + layer * BlobFormat.LayerBytes;
                if (shape.GetInputs(layer) > network.InputCapacity(layer))
                {
                    return reader.Fault(
                        BlobError.TooManyInputsForNetwork, at, shape.GetInputs(layer), network.InputCapacity(layer));
                }

                if (shape.GetRows(layer) > network.RowCapacity(layer))
                {
                    return reader.Fault(BlobError.TooManyRowsForNetwork, at, shape.GetRows(layer), network.RowCapacity(layer));
                }
            }

            int outputs = shape.Task == NetworkTask.Regression ? network.Scaling.OutputCapacity : network.OutputCapacity;
            if (shape.Outputs > outputs)
            {
                return reader.Fault(BlobError.TooManyOutputsForNetwork, BlobFormat.LayersAt, shape.Outputs, outputs);
            }

            int notes = reader.NameBytes + reader.FeatureBytes;
            return notes <= network.NoteCapacity
                ? BlobError.None
                : reader.Fault(BlobError.NamesTooLongForNetwork, BlobFormat.NameBytesAt, notes, network.NoteCapacity);
        }
    }
}
