using System.Globalization;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Estimation;

/// <summary>Which calibration a labelled reference asks for, and how the candidates did on rows they had not seen.</summary>
/// <param name="Calibration">The chosen curve, fitted to the whole reference.</param>
/// <param name="Candidates">Cross-validated log loss and expected calibration error of every candidate, the chosen one among them.</param>
/// <remarks>
/// Every candidate is fitted to all folds but one and judged on that one. Its log loss counts probabilities no nearer to 0 and 1 than
/// <c>1 / (n + 2)</c>, n the rows it was fitted to: so few rows cannot vouch for more. The lowest log loss wins, of equal ones the scores as
/// they are. Asking for a gain beyond chance would keep scores that are two points off on two thousand rows, and the estimates with them.
/// </remarks>
public sealed record CalibrationChoice(ScoreCalibration Calibration, IReadOnlyList<CalibrationCandidate> Candidates)
{
    private const int Folds = 5;

    /// <summary>Chooses and fits a calibration.</summary>
    /// <param name="scores">At least 10 finite scores. Scores outside [0, 1] are no probabilities: then <see cref="CalibrationMethod.None"/> is no candidate.</param>
    /// <param name="labels">Whether each row turned out true; both classes must occur.</param>
    /// <param name="method">A fixed method, or the best.</param>
    /// <param name="seed">Deals the rows into the five folds.</param>
    /// <exception cref="ArgumentException">Too few rows, unequal lengths, a score that is not finite, one class alone, or scores outside [0, 1] that are to
    /// be taken for probabilities.</exception>
    public static CalibrationChoice Choose(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, CalibrationMethod method = CalibrationMethod.Automatic, int seed = 1)
    {
        Check(scores, labels);
        bool probabilities = EstimationInputs.AreProbabilities(scores);
        if (method == CalibrationMethod.None && !probabilities)
        {
            throw new ArgumentException("Scores outside [0, 1] are no probabilities; choose another calibration than None.", nameof(method));
        }

        CalibrationMethod[] methods = method != CalibrationMethod.Automatic
            ? [Enum.IsDefined(method) ? method : throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method.")]
            : probabilities
                ? [CalibrationMethod.None, CalibrationMethod.Platt, CalibrationMethod.Isotonic]
                : [CalibrationMethod.Platt, CalibrationMethod.Isotonic];
        double[][] unseen = OutOfFold(scores, labels, methods, seed);
        CalibrationCandidate[] candidates = new CalibrationCandidate[methods.Length];
        for (int c = 0; c < methods.Length; c++)
        {
            candidates[c] = new CalibrationCandidate(methods[c], Losses(unseen[c], labels).Average(), ExpectedCalibrationError.Compute(unseen[c], labels));
        }

        int best = 0;
        for (int c = 1; c < methods.Length; c++)
        {
            best = candidates[c].LogLoss < candidates[best].LogLoss ? c : best;
        }

        return new CalibrationChoice(Fit(methods[best], LabelledScores.Of(scores, labels)), candidates);
    }

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the choice in one sentence.</summary>
    public override string ToString() =>
        $"{Calibration.Method}; log loss and calibration error on unseen folds: " + string.Join(", ", Candidates.Select(c => string.Create(
            CultureInfo.InvariantCulture, $"{c.Method} {c.LogLoss:0.0000} and {c.CalibrationError:0.0000}")));

    internal static ScoreCalibration Fit(CalibrationMethod method, LabelledScores reference) => method switch
    {
        CalibrationMethod.Platt => PlattScaling.Fit(reference),
        CalibrationMethod.Isotonic => IsotonicCalibration.Fit(reference),
        _ => ScoreCalibration.Identity,
    };

    private static void Check(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        EstimationInputs.SameLength(scores.Length, labels.Length, "scores", nameof(labels));
        if (scores.Length < 2 * Folds)
        {
            throw new ArgumentException($"scores needs at least {2 * Folds} labelled rows; it has {scores.Length}.", nameof(scores));
        }

        EstimationInputs.Finite(scores, nameof(scores));
        if (!labels.Contains(true) || !labels.Contains(false))
        {
            throw new ArgumentException($"labels needs both classes; all {labels.Length} rows are {(labels[0] ? "true" : "false")}.", nameof(labels));
        }
    }

    /// <summary>Each row's probability under every candidate fitted to the other folds.</summary>
    private static double[][] OutOfFold(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, CalibrationMethod[] methods, int seed)
    {
        int[] fold = new int[scores.Length];
        for (int i = 0; i < fold.Length; i++)
        {
            fold[i] = i % Folds;
        }

        new Random(seed).Shuffle(fold);
        double[][] unseen = [.. methods.Select(_ => new double[fold.Length])];
        double[] fitScores = new double[fold.Length];
        bool[] fitLabels = new bool[fold.Length];
        for (int f = 0; f < Folds; f++)
        {
            int fitted = 0;
            for (int i = 0; i < fold.Length; i++)
            {
                (fitScores[fitted], fitLabels[fitted]) = (scores[i], labels[i]);
                fitted += fold[i] != f ? 1 : 0;
            }

            var reference = LabelledScores.Of(fitScores.AsSpan(0, fitted), fitLabels.AsSpan(0, fitted));
            for (int c = 0; c < methods.Length; c++)
            {
                ScoreCalibration calibration = Fit(methods[c], reference);
                for (int i = 0; i < fold.Length; i++)
                {
                    if (fold[i] == f)
                    {
                        unseen[c][i] = calibration.Calibrate(scores[i]);
                    }
                }
            }
        }

        return unseen;
    }

    private static double[] Losses(double[] probabilities, ReadOnlySpan<bool> labels)
    {
        double edge = 1 / ((probabilities.Length * (Folds - 1.0) / Folds) + 2);
        double[] losses = new double[probabilities.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = -Math.Log(Math.Clamp(labels[i] ? probabilities[i] : 1 - probabilities[i], edge, 1 - edge));
        }

        return losses;
    }
}
