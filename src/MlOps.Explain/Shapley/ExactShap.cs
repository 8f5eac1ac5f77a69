using System.Globalization;
using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>Exact Shapley values of a prediction: every coalition of features is asked.</summary>
/// <remarks>
/// <c>φⱼ = Σ |S|! (M − |S| − 1)! / M! · (v(S ∪ {j}) − v(S))</c> over the coalitions S without j, <c>v(S)</c> the mean prediction when the features of S have the row's values and
/// the others those of every background row in turn (interventional: it breaks the ties between features on purpose, so that a feature the model does not read gets 0). Base value: the mean prediction of the background. The
/// contributions add up to the prediction.
/// <para>Cost: 2ᴹ − 2 coalitions × the different background rows a row, M the features in which the row differs from the background; M ≤ 15 unless more are asked for. A feature that has one value in
/// row and background gets 0. One background row is allowed: the row is then compared with that one case. NaN in a row or background is a value like others, if the model takes it. Threads share the rows, or the coalitions of one row, with the same bytes as one thread; a function that was not said to be thread-safe is called by one at a time. The matrix the model is given is overwritten after the call.</para>
/// <para>Source: S. M. Lundberg, S.-I. Lee, "A Unified Approach to Interpreting Model Predictions", NIPS 2017, equation 8.</para>
/// </remarks>
public sealed class ExactShap : IExplainer
{
    /// <summary>The largest M unless another is given.</summary>
    public const int DefaultMaxFeatures = 15;

    private readonly BackgroundGame _game;
    private readonly int _maxFeatures;

    /// <summary>Asks the model about the background.</summary>
    /// <param name="model">The model.</param>
    /// <param name="background">Rows that say what a feature is when it is not known; at least one.</param>
    /// <param name="groups">Features that play together; each of the others plays alone.</param>
    /// <param name="link">The scale on which contributions add up.</param>
    /// <param name="maxFeatures">The largest M that is not refused, up to 20.</param>
    /// <exception cref="ArgumentException">The background is empty or has other columns than the model; a group names no feature, or a feature that another group has.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFeatures"/> is not between 1 and 20.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number for a background row.</exception>
    public ExactShap(ExplainedModel model, Matrix background, IReadOnlyList<FeatureGroup>? groups = null, OutputLink link = OutputLink.Identity, int maxFeatures = DefaultMaxFeatures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxFeatures, CoalitionGame.MaxPlayers);
        _maxFeatures = maxFeatures;
        _game = BackgroundGame.Of(model, background, groups ?? [], link);
    }

    /// <summary>Gets how many threads share the work, at least 1; the values are the same bytes for any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1); } = Environment.ProcessorCount;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Also: a row differs from the background in more features than allowed; the message says what it would cost and what to use instead.</exception>
    public Explanations Explain(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        _game.Explain("exact SHAP", x, Refusal, players => 1L << players, Split, MaxDegreeOfParallelism, progress, cancellationToken);

    private static (double[] Shares, double[]? Errors) Split(RowGame game)
    {
        double[] values = [game.None, .. game.Worth(Coalitions.All(game.Players)), game.All];
        return (CoalitionGame.ShapleyValues(values, game.Players), null);
    }

    private string? Refusal(int row, int features) => features <= _maxFeatures ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"Row {row} differs from the background in {features} features; exact Shapley values would ask the model for 2^{features} × {_game.Rows} = {Math.Pow(2, features) * _game.Rows:0.##e+0} rows. At most {_maxFeatures} features are allowed. KernelShap asks for {CoalitionPlan.Size(features, null) * _game.Rows:N0} rows, TreeShap and LinearShap for none, and groups make fewer players.");
}
