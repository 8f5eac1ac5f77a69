using System.Collections.Concurrent;
using System.Globalization;
using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>Kernel SHAP: Shapley values of any model from a sample of coalitions of its features.</summary>
/// <remarks>
/// A coalition S of s out of M features is worth <c>v(S)</c>, the mean prediction when its features have the row's values and the others those of every background row in turn. The values minimise
/// <c>Σ_S w_S (v(S) − v(∅) − Σ_{j∈S} φⱼ)²</c>, <c>w_S = (M − 1) / (C(M, s) s (M − s))</c>, among those that add up to the prediction less the base value. Whole sizes s and M − s are
/// asked first; the samples left are drawn by weight, each with its complement. When all <c>2ᴹ − 2</c> coalitions are asked (up to M = 11 by default), these are the exact Shapley values.
/// <para>M counts the features, or groups of them, in which the row differs from the background; the others get 0. No feature is left out beyond that. <see cref="Explanations.StandardErrors"/> tells how far sampling coalitions may have moved each
/// value (0 when all were asked); it does not tell what another background would do.</para>
/// <para>Cost: coalitions × different background rows a row; more than 100 background rows are used as given, and paid for. One background row is allowed: the row is then compared with that one case. NaN in a row or background is a
/// value like others, if the model takes it. The same coalitions are asked for all rows of one M, so that rows can be compared and the result of a row does not depend on the others. Threads share the rows, or the coalitions of one row, with the same bytes as one thread; a function that was not said to be thread-safe is called by one at a time. The matrix the model is given is overwritten after the call.</para>
/// <para>Source: S. M. Lundberg, S.-I. Lee, "A Unified Approach to Interpreting Model Predictions", NIPS 2017; paired draws: I. Covert, S.-I. Lee, "Improving KernelSHAP", AISTATS 2021.</para>
/// </remarks>
public sealed class KernelShap : IExplainer
{
    private readonly KernelShapOptions _options;
    private readonly BackgroundGame _game;
    private readonly ConcurrentDictionary<int, Lazy<(CoalitionPlan Plan, CoalitionRegression Regression)>> _plans = new();

    /// <summary>Asks the model about the background.</summary>
    /// <param name="model">The model.</param>
    /// <param name="background">Rows that say what a feature is when it is not known; at least one. <see cref="Background.Sample"/> draws some.</param>
    /// <param name="options">How to sample.</param>
    /// <exception cref="ArgumentException">The background is empty or has other columns than the model; a group names no feature, or a feature that another group has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of samples is below 2, or the largest number of features or of threads below 1.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number for a background row.</exception>
    public KernelShap(ExplainedModel model, Matrix background, KernelShapOptions? options = null)
    {
        _options = options ?? new KernelShapOptions();
        Guard.AtLeast(_options.MaxFeatures, 1);
        Guard.AtLeast(_options.MaxDegreeOfParallelism, 1);
        Guard.AtLeast(_options.Samples ?? 2, 2, nameof(KernelShapOptions.Samples));
        _game = BackgroundGame.Of(model, background, _options.Groups, _options.Link);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Also: a row differs from the background in more features than <see cref="KernelShapOptions.MaxFeatures"/>; the message says what it would cost and what to use instead.</exception>
    public Explanations Explain(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        _game.Explain("kernel SHAP", x, Refusal, players => CoalitionPlan.Size(players, _options.Samples), Split, _options.MaxDegreeOfParallelism, progress, cancellationToken);

    private (double[] Shares, double[]? Errors) Split(RowGame game)
    {
        (CoalitionPlan plan, CoalitionRegression regression) = _plans.GetOrAdd(game.Players, players => new(() =>
        {
            CoalitionPlan made = CoalitionPlan.Make(players, _options.Samples, _options.Seed);
            return (made, new CoalitionRegression(made));
        })).Value;
        double[] worth = game.Worth(plan.Coalitions);
        double[] shares = regression.Solve(worth, game.None, game.All);
        return (shares, regression.Errors(worth, game.None, shares));
    }

    private string? Refusal(int row, int features) => features <= _options.MaxFeatures ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"Row {row} differs from the background in {features:N0} features, more than the {_options.MaxFeatures:N0} of {nameof(KernelShapOptions.MaxFeatures)}. Kernel SHAP would ask the model for {CoalitionPlan.Size(features, _options.Samples):N0} coalitions × {_game.Rows:N0} background rows = {CoalitionPlan.Size(features, _options.Samples) * _game.Rows:N0} rows for each explained row, and still know little about each feature. TreeShap and LinearShap need no such rows; groups (columns of one text, areas of an image) make fewer players.");
}
