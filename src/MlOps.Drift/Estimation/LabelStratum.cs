namespace MlOps.Drift.Estimation;

/// <summary>Rows with neighbouring probabilities, and how many of them to label.</summary>
/// <param name="From">Smallest probability in it.</param>
/// <param name="To">Largest probability in it.</param>
/// <param name="Count">Rows in it.</param>
/// <param name="Deviation">Standard deviation of one row's contribution to the metric: where it is large, a label says much.</param>
/// <param name="Labels">How many rows to label, drawn at random.</param>
public sealed record LabelStratum(double From, double To, int Count, double Deviation, int Labels);
