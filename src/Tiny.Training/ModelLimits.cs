using System.Globalization;
using System.Text;
using Tiny.Core.Blobs;
using Tiny.Training.Data;
using Tiny.Training.Layers;
using Tiny.Training.Matrices;
using Tiny.Training.Optimization;

namespace Tiny.Training;

/// <summary>What a blob can hold and a machine can train; looked at before anything is allocated.</summary>
/// <seealso cref="Trainer"/>
public static class ModelLimits
{
    /// <summary>The most weights and biases of a model: its blob's length is a 32-bit number, and each takes 4 bytes of it.</summary>
    public const long MostParameters = (int.MaxValue - MostOverhead) / sizeof(float);

    private const int MostOverhead = 1 << 20; // bytes of a blob that are no weights: inputs' scaling, names, features
    private const int NameBytes = 255;
    private const int AllNameBytes = 65535;

    // What loading, writing and answering take besides training, for each parameter: the device library's network and a blob.
    private const int BytesToWrite = 10;

    /// <summary>Why there can be no network with so many parameters; null if there can.</summary>
    /// <param name="parameters">Weights and biases.</param>
    public static string? FaultOf(long parameters) => parameters <= MostParameters
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{parameters:#,0} weights and biases; a model file "
                + $"holds {MostParameters:#,0}, and the memory of a board far fewer. Take fewer or narrower layers.");

    /// <exception cref="DataException">A model of this data could not be written.</exception>
    internal static void Check(DataSchema data)
    {
        if (data.ColumnCount > BlobFormat.MostValues)
        {
            throw new DataException("The data "
                + $"has {data.ColumnCount} inputs; a model takes at most {BlobFormat.MostValues}. Choose some with --inputs.");
        }

        string? tooLong = data.OutputNames.FirstOrDefault(name => Encoding.UTF8.GetByteCount(name) > NameBytes);
        if (tooLong is not null)
        {
            throw new DataException("The label "
                + $"\"{tooLong[..40]}...\" is longer than the {NameBytes} bytes a model has for a name. Is --label the right column?");
        }

        int all = data.OutputNames.Sum(name => 1 + Encoding.UTF8.GetByteCount(name));
        if (all > AllNameBytes)
        {
            throw new DataException(
                $"There are {data.OutputNames.Count} classes, whose names "
                    + $"take {all} bytes; a model has {AllNameBytes}. Is --label the right column?");
        }
    }

    /// <summary>Refuses a network that no blob holds, or whose training this machine has not the memory for.</summary>
    /// <param name="inputs">Inputs of the network.</param>
    /// <param name="layers">Its layers.</param>
    /// <param name="batch">Rows of a batch.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="memory">Bytes that the machine has.</param>
    /// <exception cref="DataException">It is too large.</exception>
    internal static void Check(int inputs, IReadOnlyList<TrainingLayer> layers, int batch, TrainingOptions options, long memory)
    {
        long parameters = 0;
        long length = 0; // of the parameters in the trainer's layout
        long buffers = (long)batch * Padded(inputs);
        long widest = Padded(inputs);
        foreach (TrainingLayer layer in layers)
        {
            if (layer.Outputs > BlobFormat.MostValues)
            {
                throw new DataException($"The network would have a layer that gives {layer.Outputs:#,0} values; a model takes at most "
                    + $"{BlobFormat.MostValues:#,0}. Take fewer filters, or longer strides. See --layers.");
            }

            parameters += layer.ParameterCount;
            length += layer.ParameterLength;
            buffers += batch * layer.Columns;
            widest = Math.Max(widest, Padded(layer.Widest));
        }

        if (FaultOf(parameters) is string fault)
        {
            throw new DataException($"The network would have {fault} See --layers.");
        }

        long copies = 1 + Optimizer.ValuesEach(options.Optimizer) + (options.Patience > 0 ? 1 : 0);
        long bytes = sizeof(float) * (copies * length + buffers) + BytesToWrite * parameters;
        if (bytes > memory || widest * batch > Array.MaxLength || length > Array.MaxLength)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"A network of {parameters:#,0} weights and biases, trained in batches of {batch:#,0} rows, takes {Gigabytes(bytes)} of "
                    + $"memory; there are {Gigabytes(memory)}. Take fewer or narrower --layers, or a smaller --batch."));
        }
    }

    /// <summary>Columns that a matrix takes in <see cref="Blocks"/>.</summary>
    private static long Padded(int columns) => (long)Blocks.Count(columns) * Blocks.Width;

    private static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB";
}
