using System.Text;
using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Training;

/// <summary>What a blob can hold of a data set's columns and names; looked at before training, not after.</summary>
internal static class ModelLimits
{
    private const int NameBytes = 255;
    private const int AllNameBytes = 65535;

    /// <exception cref="DataException">A model of this data could not be written.</exception>
    internal static void Check(DataSchema data)
    {
        if (data.ColumnCount > NetworkShape.MaxWidth)
        {
            throw new DataException($"The data has {data.ColumnCount} inputs; a model takes at most {NetworkShape.MaxWidth}. Choose some with --inputs.");
        }

        string? tooLong = data.OutputNames.FirstOrDefault(name => Encoding.UTF8.GetByteCount(name) > NameBytes);
        if (tooLong is not null)
        {
            throw new DataException($"The label \"{tooLong[..40]}...\" is longer than the {NameBytes} bytes a model has for a name. Is --label the right column?");
        }

        int all = data.OutputNames.Sum(name => 1 + Encoding.UTF8.GetByteCount(name));
        if (all > AllNameBytes)
        {
            throw new DataException(
                $"There are {data.OutputNames.Count} classes, whose names take {all} bytes; a model has {AllNameBytes}. Is --label the right column?");
        }
    }
}
