using System.Globalization;
using MlOps.Charts;

namespace MlOps.Fairness.Mitigation;

/// <summary>A logistic model trained against an adversary that tries to read the group off its score.</summary>
/// <remarks>
/// The predictor is <c>s = b + w·x</c>; the adversary is a softmax over the groups, linear in <c>s</c> for demographic parity and in <c>(s, s·y, s·(1 − y))</c> for equalised
/// odds. Each step moves the predictor by <c>−η · (g − proj_h g − α·h)</c>, with g the gradient of its own loss and h that of the adversary's, both by (w, b): it learns, but in no
/// direction that would help the adversary. The adversary then moves down its own gradient, taken before the step. Both start from 0.
/// <para>The game need not settle. Look at <see cref="Losses"/>: the adversary has learned nothing where its loss is near <see cref="GroupEntropy"/>. The
/// sensitive column is needed in training only, and the result is a plain linear model.</para>
/// <para>Source: B. H. Zhang, B. Lemoine, M. Mitchell, "Mitigating Unwanted Biases with Adversarial Learning", AIES 2018, equation 1.</para>
/// </remarks>
/// <param name="Intercept">b, in log odds.</param>
/// <param name="Coefficients">w, in log odds per unit of the feature.</param>
/// <param name="Losses">The curves, one entry a step.</param>
/// <param name="GroupEntropy">The loss of an adversary that knows only how large the groups are, in nats.</param>
public sealed record AdversarialLogistic(double Intercept, IReadOnlyList<double> Coefficients, IReadOnlyList<AdversarialLoss> Losses, double GroupEntropy)
{
    /// <summary>From this multiple of <see cref="GroupEntropy"/> on an adversary is not confused but beaten: its guesses are surer and wronger than lots.</summary>
    private const double RunAway = 2;

    /// <summary>Less than this share below <see cref="GroupEntropy"/> is next to nothing.</summary>
    private const double NextToNothing = 0.02;

    /// <summary>Gets whether the predictor has run away from the adversary: its scores then mean nothing. Standardise the features, or lower its learning rate.</summary>
    public bool HasRunAway => Losses[^1].Adversary > RunAway * GroupEntropy;

    /// <summary>Trains.</summary>
    /// <param name="features">n rows × <paramref name="columns"/> columns, row after row; finite. Standardise them: plain gradient steps need it.</param>
    /// <param name="columns">d ≥ 1.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Who belongs to which group, n rows, at least two groups with rows. The adversary does not see rows without a group.</param>
    /// <param name="constraint"><see cref="ParityConstraint.DemographicParity"/> or <see cref="ParityConstraint.EqualizedOdds"/>.</param>
    /// <param name="options">How to learn; null takes the defaults.</param>
    /// <param name="progress">Told the share of steps done.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a number is not finite, or fewer than two groups have rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Another constraint, or an option out of range.</exception>
    /// <exception cref="InvalidOperationException">The losses grew beyond all numbers: lower the learning rates.</exception>
    public static AdversarialLogistic Fit(
        ReadOnlySpan<double> features,
        int columns,
        ReadOnlySpan<bool> labels,
        Groups groups,
        ParityConstraint constraint = ParityConstraint.DemographicParity,
        AdversarialOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new AdversarialOptions();
        Check(options);
        int rows = MitigationRows.Rows(features.Length, columns, nameof(features));
        MitigationRows.Same(labels.Length, rows, "a label", "features", nameof(labels));
        MitigationRows.Same(rows, groups, "features", nameof(features));
        MitigationRows.Finite(features, columns, "features", nameof(features));
        if (constraint is not (ParityConstraint.DemographicParity or ParityConstraint.EqualizedOdds))
        {
            throw new ArgumentOutOfRangeException(nameof(constraint), constraint, "The adversary knows demographic parity and equalised odds.");
        }

        var game = new AdversarialGame(features.ToArray(), columns, labels.ToArray(), groups, constraint == ParityConstraint.EqualizedOdds, options);
        AdversarialLoss[] losses = game.Play(progress, cancellationToken);
        return new AdversarialLogistic(game.Predictor[^1], game.Predictor[..^1], losses, game.GroupEntropy);
    }

    /// <summary>The score of each row, in log odds.</summary>
    /// <param name="features">Rows of as many columns as there are coefficients, row after row; finite.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the number of columns, or a number is not finite.</exception>
    public double[] Scores(ReadOnlySpan<double> features) => LinearScore.Of(features, Intercept, Coefficients);

    /// <summary>The probability of a positive label for each row, in [0, 1].</summary>
    /// <param name="features">Rows of as many columns as there are coefficients, row after row; finite.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the number of columns, or a number is not finite.</exception>
    public double[] Probabilities(ReadOnlySpan<double> features) => Array.ConvertAll(Scores(features), LinearScore.Sigmoid);

    /// <summary>Draws both losses over the steps, and the adversary's loss if it had nothing to read.</summary>
    public Figure Chart()
    {
        int[] steps = [.. Losses.Select(loss => loss.Step)];
        double last = Losses[^1].Adversary;
        string finding = HasRunAway ? "The game has run away: these scores mean nothing"
            : last >= (1 - NextToNothing) * GroupEntropy ? "The adversary reads next to nothing from the score"
            : "The adversary still reads the group from the score";
        return Charts.Chart.Line(steps, Losses.Select(loss => loss.Predictor).ToArray(), "predictor", Role.Current, markers: false)
            .Add(Charts.Chart.Line(steps, Losses.Select(loss => loss.Adversary).ToArray(), "adversary", Role.Alarm, markers: false))
            .Titled(finding, string.Create(CultureInfo.InvariantCulture, $"log loss over {Losses.Count} steps; the adversary ends at {last:0.###} of {GroupEntropy:0.###}"))
            .XAxis("step").YAxis("mean log loss", "nats")
            .Threshold(GroupEntropy, "group sizes alone", Role.Neutral);
    }

    /// <summary>Returns how a notebook shows the result.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ShownText.Of(ToString());

    /// <summary>Writes the last losses.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Adversarial logistic model, {Losses.Count} steps: predictor's log loss {Losses[^1].Predictor:0.####}, adversary's {Losses[^1].Adversary:0.####} (knowing only the groups' sizes: {GroupEntropy:0.####}){(HasRunAway ? "; the game has run away" : "")}");

    private static void Check(AdversarialOptions options)
    {
        Guard.NonNegative(options.AdversaryWeight, nameof(options.AdversaryWeight));
        Guard.Positive(options.LearningRate, nameof(options.LearningRate));
        Guard.Positive(options.AdversaryLearningRate, nameof(options.AdversaryLearningRate));
        Guard.AtLeast(options.Steps, 1, nameof(options.Steps));
        Guard.AtLeast(options.BatchSize ?? 1, 1, nameof(options.BatchSize));
    }
}
