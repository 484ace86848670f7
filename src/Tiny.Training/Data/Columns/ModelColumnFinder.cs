using Tiny.Training.Data.Text;

namespace Tiny.Training.Data.Columns;

/// <summary>
/// Finds the columns that a model was trained on in a file: those that options name; else by the names in the
/// record of its training; else by the checksum of the names, which the model itself carries; else, in a file
/// without names, by their number. What could be meant in two ways is refused.
/// </summary>
internal sealed class ModelColumnFinder
{
    private readonly TableColumns columns;
    private readonly CsvHeader header;
    private readonly CsvOptions options;
    private readonly ModelNeeds model;
    private readonly int[] candidates; // columns that were not dropped
    private readonly int label;        // the one named; -1 for none

    internal ModelColumnFinder(TableColumns columns, CsvOptions options, ModelNeeds model)
    {
        this.columns = columns;
        this.options = options;
        this.model = model;
        header = columns.Header;
        candidates = [.. Enumerable.Range(0, columns.Count).Except(header.FindAll(options.Drop, "--drop"))];
        label = options.Label is null ? -1 : header.Find(options.Label, "--label");
    }

    /// <summary>The columns.</summary>
    /// <exception cref="DataException">They do not match the model, or could be meant in two ways.</exception>
    internal ColumnSelection Find()
    {
        ColumnSelection found = options.Inputs is not null ? Named(header.FindAll(options.Inputs, "--inputs"))
            : model.Known is { AreNamed: true } && header.IsNamed ? ByNames(model.Known)
            : model.Known is { InputPositions.Count: > 0 } ? ByPlaces(model.Known)
            : header.IsNamed && model.Checksum != 0 ? ByChecksum()
            : ByNumber();
        return found.Inputs.Contains(found.Label)
            ? throw new SelectionException(
            $"{header.Path}: column {Name(found.Label)} is the label and cannot be an input too; take it off --inputs.")
            : found;
    }

    private ColumnSelection Named(int[] inputs)
    {
        if (inputs.Length != model.Inputs)
        {
            throw new SelectionException(
                $"{header.Path}: --inputs names {inputs.Length} columns, but the model takes {model.Inputs} inputs.");
        }

        int[] rest = [.. candidates.Except(inputs)];
        int found = model.Known is ModelColumns known && header.IsNamed ? rest.FirstOrDefault(i => header.Names[i] == known.Label, -1) : -1;
        return With(inputs, found >= 0 || label >= 0 || !model.WantsLabel
            ? found : rest.Length == 1 ? rest[0] : rest.Length > 1 ? LabelAmong(rest) : -1);
    }

    /// <summary>By the names that the record of the training has, in whatever order the file has them.</summary>
    private ColumnSelection ByNames(ModelColumns known)
    {
        // Columns of one name are told apart by their order.
        Dictionary<string, Queue<int>> named = candidates.GroupBy(i => header.Names[i])
            .ToDictionary(group => group.Key, group => new Queue<int>(group));
        int Take(string name) => named.TryGetValue(name, out Queue<int>? left) && left.TryDequeue(out int column) ? column : -1;

        int[] inputs = [.. known.Inputs.Select(Take)];
        string[] absent = [.. known.Inputs.Where((_, i) => inputs[i] < 0).Select(name => SafeText.Clean(name))];
        return absent.Length == 0
            ? With(inputs, Take(known.Label))
            : throw new DataException(
                $"{header.Path}: has no column {string.Join(", ", absent.Take(8))}{(absent.Length > 8 ? ", ..." : "")}, which the model "
                    + $"was trained on. The columns are {header.List(candidates)}. Name the inputs in the model's order with --inputs.");
    }

    /// <summary>
    /// By the places that the record of the training has: of the same file, of one without its
    /// last column, the label, or of one of inputs alone.
    /// </summary>
    private ColumnSelection ByPlaces(ModelColumns known)
    {
        bool same = header.Count == known.Count;
        bool labelIsOff = header.Count == known.Count - 1 && known.LabelPosition == header.Count;
        return same ? With([.. known.InputPositions], known.LabelPosition)
            : labelIsOff ? With([.. known.InputPositions], -1)
            : candidates.Length == model.Inputs ? With(candidates, -1)
            : throw new DataException(
                $"{header.Path}: has {header.Count} columns, but the file that the model was trained on had {known.Count}. "
                + "Name the inputs in the model's order with --inputs, and the label with --label.");
    }

    /// <summary>By the checksum of the names: all columns, without one for a label, without those that are no measurement.</summary>
    private ColumnSelection ByChecksum()
    {
        int[] aside = [.. candidates.Where(column => columns.WhyNoInput(column) is not null)];
        int[] constant = [.. candidates.Where(columns.IsConstantAtFirst)];
        foreach (int[] without in new int[][] { [], aside, constant, [.. aside.Union(constant)] })
        {
            int[] left = [.. candidates.Except(without)];
            foreach (int one in label >= 0
                ? [label] : left.Length == model.Inputs ? [-1] : left.Length == model.Inputs + 1 ? left.Reverse() : [])
            {
                int[] inputs = [.. left.Where(column => column != one)];
                if (inputs.Length == model.Inputs && new ColumnSelection(inputs, -1).ToColumns(header).Checksum == model.Checksum)
                {
                    return With(inputs, one);
                }
            }
        }

        throw candidates.Length < model.Inputs ? CountFault() : new DataException(
            $"{header.Path}: the columns are not those the model was trained on, or stand in another order (found "
                + $"{header.List(candidates)}). Name the inputs in the model's order with --inputs, and the label with --label.");
    }

    /// <summary>By their number alone: all, or all but the label.</summary>
    private ColumnSelection ByNumber()
    {
        foreach (int[] left in new[] { candidates, [.. candidates.Where(column => columns.WhyNoInput(column) is null)] })
        {
            if (left.Length == model.Inputs && !model.WantsLabel && label < 0)
            {
                return new ColumnSelection(left, -1);
            }

            if (left.Length == model.Inputs + 1 || (label >= 0 && !left.Contains(label) && left.Length == model.Inputs))
            {
                int one = label >= 0 ? label : LabelAmong(left);
                return new ColumnSelection([.. left.Where(column => column != one)], one);
            }
        }

        throw CountFault();
    }

    /// <summary>The one column whose values are the model's classes: the last if it may be, else the first, else any.</summary>
    private int LabelAmong(int[] left)
    {
        int[] fitting = [.. left.Where(HoldsClasses)];
        return fitting.Length == 1 ? fitting[0]
            : fitting.Contains(left[^1]) != fitting.Contains(left[0]) ? (fitting.Contains(left[^1]) ? left[^1] : left[0])
            : throw new SelectionException(
                $"{header.Path}: which of its {header.Count} columns is the label? They have no names to know them by, and no record of "
                    + $"the training is there. Name it with --label, such as --label {left[^1]}.");
    }

    private bool HoldsClasses(int column)
    {
        if (model.ClassNames is null || columns.Rows.Count == 0)
        {
            return false;
        }

        LabelNames classes = new(model.ClassNames, NumberText.Usual);
        string[] values = [.. columns.Rows.Select(row => row[column]).Where(value => value.Length > 0).Distinct()];
        return values.Length > 0 && values.All(value => classes.IndexOf(value) >= 0) && (values.Length > 1 || columns.Rows.Count < 5);
    }

    /// <summary>The inputs found, with the label named or else the one found, where one is wanted.</summary>
    private ColumnSelection With(int[] inputs, int found)
    {
        int one = label >= 0 ? label : found;
        return one >= 0 || !model.WantsLabel
            ? new ColumnSelection(inputs, one)
            : throw new SelectionException(
            $"{header.Path}: which column is the label? Name it with --label. The columns are {header.List(candidates)}.");
    }

    private DataException CountFault()
    {
        int others = columns.Count - (model.WantsLabel ? 1 : 0);
        return new DataException(
            $"{header.Path}: has {header.Count} columns, {others} of them inputs, but the model takes {model.Inputs} inputs"
            + $"{(model.WantsLabel ? " and a label" : "")}. Pass the file the model was made for, or name the columns with --inputs and "
            + "--label.");
    }

    private string Name(int column) => SafeText.Quote(header.Names[column]);
}
