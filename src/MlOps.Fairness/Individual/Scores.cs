namespace MlOps.Fairness.Individual;

/// <summary>The predictions a measure of individual fairness is given.</summary>
internal static class Scores
{
    /// <summary>A copy, after checking that there is one finite score a row.</summary>
    internal static double[] Checked(ReadOnlySpan<double> predictions, int rows)
    {
        if (predictions.Length != rows || rows == 0)
        {
            throw new ArgumentException($"Each row needs a prediction, and there must be rows: {rows} rows, {predictions.Length} predictions.", nameof(predictions));
        }

        for (int i = 0; i < rows; i++)
        {
            if (!double.IsFinite(predictions[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"The prediction in row {i} is {predictions[i]}; it must be a finite number."), nameof(predictions));
            }
        }

        return predictions.ToArray();
    }
}
