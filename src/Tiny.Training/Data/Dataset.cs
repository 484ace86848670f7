using Tiny.Core;
using Tiny.Features;

namespace Tiny.Training.Data;

/// <summary>Rows of inputs, each with its answer: a class or target values.</summary>
/// <example>
/// <code>
/// DataColumns columns = new(["length", "width"], AreNamed: true, ShareUnit: true);
/// float[] inputs = [4.9f, 3.0f, 6.1f, 2.8f];                 // two rows
/// Dataset flowers = Dataset.ForClassification(inputs, columns, [0, 1], ["small", "large"]);
/// </code>
/// </example>
public sealed class Dataset
{
    /// <summary>Data for classification.</summary>
    /// <param name="inputs">(rows, columns) row-major.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="classes">(rows), each an index into <paramref name="classNames"/>.</param>
    /// <param name="classNames">The names of the classes.</param>
    public static Dataset ForClassification(float[] inputs, DataColumns columns, int[] classes, IReadOnlyList<string> classNames) =>
        new(NetworkTask.Classification, inputs, columns, classes, [], classNames);

    /// <summary>Data for regression on one target.</summary>
    /// <param name="inputs">(rows, columns) row-major.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="targets">(rows).</param>
    /// <param name="targetName">The name of the target column.</param>
    public static Dataset ForRegression(float[] inputs, DataColumns columns, float[] targets, string targetName) =>
        new(NetworkTask.Regression, inputs, columns, [], targets, [targetName]);

    /// <summary>Data as a schema says, with answers as row sources have them: a class's index or a value each.</summary>
    internal static Dataset From(DataSchema schema, float[] inputs, float[] answers, RowGroups? groups = null)
    {
        bool classes = schema.Task == NetworkTask.Classification;
        int[] indices = classes ? Array.ConvertAll(answers, answer => (int)answer) : [];
        return new Dataset(schema.Task, inputs, schema.Columns, indices, classes ? [] : answers, schema.OutputNames)
        {
            Features = schema.Features,
            Groups = groups,
        };
    }

    /// <summary>The same rows as features of a signal.</summary>
    public Dataset With(FeatureDescription? features) =>
        new(Task, Inputs, Columns, Classes, Targets, OutputNames) { Features = features, Groups = Groups };

    private Dataset(
        NetworkTask task, float[] inputs, DataColumns columns, int[] classes, float[] targets, IReadOnlyList<string> outputNames)
    {
        Task = task;
        Inputs = inputs;
        Columns = columns;
        Classes = classes;
        Targets = targets;
        OutputNames = outputNames;
    }

    /// <summary>What the rows hold.</summary>
    public DataSchema Schema => new(Columns, Task, OutputNames) { Features = Features };

    /// <summary>Whether the answers are classes or values.</summary>
    public NetworkTask Task { get; }

    /// <summary>(rows, columns) row-major.</summary>
    public float[] Inputs { get; }

    /// <summary>The input columns.</summary>
    public DataColumns Columns { get; }

    /// <summary>(rows) for classification, empty for regression.</summary>
    public int[] Classes { get; }

    /// <summary>(rows) for regression, empty for classification.</summary>
    public float[] Targets { get; }

    /// <summary>The classes' names in order, or the one target's.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>The recordings that rows are windows of; null where each row stands for itself.</summary>
    public RowGroups? Groups { get; private init; }

    /// <summary>The features that the inputs are; null for columns of a table.</summary>
    public FeatureDescription? Features { get; private init; }

    /// <summary>Rows.</summary>
    public int Rows => Task == NetworkTask.Classification ? Classes.Length : Targets.Length;

    /// <summary>Inputs of each row.</summary>
    public int ColumnCount => Columns.Count;

    /// <summary>The inputs of one row.</summary>
    /// <param name="row">From 0.</param>
    /// <returns>(columns), in the user's units.</returns>
    public ReadOnlySpan<float> Row(int row) => Inputs.AsSpan(row * ColumnCount, ColumnCount);
}
