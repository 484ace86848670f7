namespace Tiny.Training.Anomaly;

/// <summary>How well a detector tells anomalies from what is normal.</summary>
/// <param name="Normal">(rows) scores of normal rows, ascending.</param>
/// <param name="Anomalies">(rows) scores of anomalies, ascending; empty where none are known.</param>
/// <param name="Threshold">A score above this is called an anomaly.</param>
/// <seealso cref="AnomalyTrainer"/>
public sealed record AnomalyResult(IReadOnlyList<float> Normal, IReadOnlyList<float> Anomalies, float Threshold)
{
    /// <summary>Rows looked at.</summary>
    public long Rows => Normal.Count + Anomalies.Count;

    /// <summary>
    /// Area under the ROC curve: how often an anomaly has a higher score than a normal row, ties
    /// at one half. Null where one of the two is missing.
    /// </summary>
    public double? Auc
    {
        get
        {
            if (Normal.Count == 0 || Anomalies.Count == 0)
            {
                return null;
            }

            double above = 0;
            int below = 0;
            int upTo = 0;
            foreach (float score in Anomalies)
            {
                while (below < Normal.Count && Normal[below] < score)
                {
                    below++;
                }

                while (upTo < Normal.Count && Normal[upTo] <= score)
                {
                    upTo++;
                }

                above += (below + upTo) / 2.0;
            }

            return above / ((double)Normal.Count * Anomalies.Count);
        }
    }

    /// <summary>Anomalies that are called so.</summary>
    public int Found => Anomalies.Count(score => score > Threshold);

    /// <summary>Normal rows that are called anomalies.</summary>
    public int FalseAlarms => Normal.Count(score => score > Threshold);

    /// <summary>The share of what is called an anomaly that is one; null where nothing is.</summary>
    public double? Precision => Found + FalseAlarms == 0 ? null : (double)Found / (Found + FalseAlarms);

    /// <summary>The share of the anomalies that is called so; null without any.</summary>
    public double? Recall => Anomalies.Count == 0 ? null : (double)Found / Anomalies.Count;

    /// <summary>Scores rows with the device's own library.</summary>
    /// <param name="model">The detector.</param>
    /// <param name="rows">The rows, (inputs) each, with whether each is normal.</param>
    public static AnomalyResult Of(AnomalyModel model, IEnumerable<(float[] Row, bool IsNormal)> rows)
    {
        ILookup<bool, float> scores = rows.ToLookup(row => row.IsNormal, row => model.Score(row.Row));
        return new([.. scores[true].Order()], [.. scores[false].Order()], model.Threshold);
    }
}
