namespace MlOps.Quantization.Calibration;

/// <summary>What a user should know about ranges before trusting them.</summary>
internal static class CalibrationNotices
{
    internal static IReadOnlyList<string> Of(RangeMethod method, int rows, IReadOnlyList<CalibratedValue> values)
    {
        var notices = new List<string>();
        if (rows < Calibrator.FewRows)
        {
            notices.Add(FormattableString.Invariant($"Only {rows} row{(rows == 1 ? "" : "s")} to calibrate with: what the model sees later may lie outside the ranges. {Calibrator.FewRows} rows are little, a few hundred are usual."));
        }

        foreach (CalibratedValue value in values)
        {
            if (About(method, value) is { } notice)
            {
                notices.Add($"'{value.Name}' {notice}");
            }
        }

        return notices;
    }

    private static string? About(RangeMethod method, CalibratedValue value)
    {
        ActivationStatistics seen = value.Statistics;
        if (seen.Count == 0)
        {
            return "held no number at all: its tensors were empty.";
        }

        if (seen.InfiniteCount > 0)
        {
            return FormattableString.Invariant($"was infinite {seen.InfiniteCount} times of {seen.Count}. No range holds that: leave it in floating point, or it saturates at {value.Range.Min:G3} or {value.Range.Max:G3}.");
        }

        if (seen.OutlierCount > 0)
        {
            string place = FormattableString.Invariant($"has outliers, {seen.OutlierCount} of {seen.Count} numbers, up to {Math.Max(Math.Abs(seen.Min), Math.Abs(seen.Max)):G3}");
            return method is MinMaxRange
                ? place + ": with min-max most other numbers become 0. Percentile, entropy and mse cut them off."
                : place + FormattableString.Invariant($": they saturate at {value.Range.Min:G3} or {value.Range.Max:G3}.");
        }

        return seen.Min == seen.Max ? FormattableString.Invariant($"was {seen.Min:G6} every time: the data may not exercise this part of the model.") : null;
    }
}
