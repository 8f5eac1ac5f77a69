using System.Globalization;
using MlOps.Data;

namespace MlOps.Drift.Monitoring;

/// <summary>Watches the share of rows whose prediction differs from the label, over the rows that have both.</summary>
/// <remarks>Stores <c>error-rate</c> and <c>labels</c>, the names from which a <see cref="RetrainPolicy"/> reads. A batch without labels stores
/// <c>labels</c> = 0 alone and is no finding, as labels come late.</remarks>
/// <param name="label">The column with the truth.</param>
/// <param name="prediction">The column with the prediction, of the same kind.</param>
/// <param name="limits">The band of the error rate.</param>
/// <param name="name">The check's name.</param>
public sealed class ErrorRateCheck(string label, string prediction, Limits limits, string name = "error-rate") : IMonitorCheck
{
    private readonly string _label = label ?? throw new ArgumentNullException(nameof(label));
    private readonly string _prediction = prediction ?? throw new ArgumentNullException(nameof(prediction));
    private readonly Limits _limits = limits ?? throw new ArgumentNullException(nameof(limits));

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public CheckResult Run(Batch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Rows.RowCount == 0)
        {
            return CheckResult.Nothing;
        }

        double[] wrong = Errors(batch.Rows, _label, _prediction);
        int labels = wrong.Count(v => !double.IsNaN(v));
        Measurement count = batch.Measure(MeasurementKind.Metric, Name, "", "labels", labels);
        if (labels == 0)
        {
            return new CheckResult([], [count]);
        }

        double rate = wrong.Count(v => v == 1) / (double)labels;
        Finding? finding = _limits.Check(Name, "", "error-rate", FormattableString.Invariant($"the error rate over {labels:N0} labels"), rate);
        return new CheckResult(finding is null ? [] : [finding with { LookAt = "errors by segment, and whether the inputs moved as well" }], [count, batch.Measure(MeasurementKind.Metric, Name, "", "error-rate", rate, _limits.Line)]);
    }

    /// <summary>1 where the prediction is wrong, 0 where it is right, NaN where one of both is missing.</summary>
    internal static double[] Errors(Table rows, string label, string prediction)
    {
        if (rows.RowCount == 0)
        {
            return [];
        }

        Column truth = rows[label];
        Column guess = rows[prediction];
        double[] errors = new double[rows.RowCount];
        for (int row = 0; row < errors.Length; row++)
        {
            errors[row] = truth.IsMissing(row) || guess.IsMissing(row) ? double.NaN : Equal(truth.GetValue(row)!, guess.GetValue(row)!) ? 0 : 1;
        }

        return errors;
    }

    /// <summary>1 and 1.0 are one value, and so are 1 and true.</summary>
    private static bool Equal(object a, object b) => a.Equals(b) || (Number(a) is { } x && Number(b) is { } y && x == y);

    private static double? Number(object value) => value is double or long or bool ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;
}
