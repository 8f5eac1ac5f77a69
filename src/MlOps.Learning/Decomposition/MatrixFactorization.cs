using MlOps.Data;

namespace MlOps.Learning.Decomposition;

/// <summary>Recommends by matrix factorisation: the rating of a user for an item from a few factors of both.</summary>
/// <remarks>
/// <c>r̂ᵤᵢ = μ + bᵤ + bᵢ + pᵤ·qᵢ</c>, fitted by alternating least squares: with the items fixed, the best factors and bias of each user solve a
/// small linear system, and the other way round. Minimises <c>Σ (rᵤᵢ − r̂ᵤᵢ)² + λ·Σᵤ nᵤ·(|pᵤ|² + bᵤ²) + λ·Σᵢ nᵢ·(|qᵢ|² + bᵢ²)</c>, n the number
/// of ratings. It never grows from sweep to sweep. O(ratings · k² + (users + items) · k³) a sweep. Equal seeds give equal bytes.
/// <para>Source: Y. Zhou et al., "Large-Scale Parallel Collaborative Filtering for the Netflix Prize" (2008), the biases after Y. Koren, R. Bell,
/// C. Volinsky, "Matrix Factorization Techniques for Recommender Systems" (2009).</para>
/// </remarks>
/// <param name="factors">k ≥ 1.</param>
/// <param name="regularization">λ &gt; 0, in squared units of the ratings per rating.</param>
/// <param name="sweeps">How often users and items are fitted by turns, ≥ 1.</param>
/// <param name="seed">Of the random first factors of the items.</param>
public sealed class MatrixFactorization(int factors = 10, double regularization = 0.05, int sweeps = 20, int seed = 0)
{
    private readonly int _factors = Guard.AtLeast(factors, 1);
    private readonly double _regularization = Guard.Positive(regularization);
    private readonly int _sweeps = Guard.AtLeast(sweeps, 1);

    /// <summary>Fits to ratings in a table.</summary>
    /// <param name="ratings">One row a rating.</param>
    /// <param name="user">The column of users: text or whole numbers, none missing.</param>
    /// <param name="item">The column of items, likewise.</param>
    /// <param name="rating">The column of ratings: finite numbers.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">There is no rating, or a value is missing or not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MatrixFactorizationModel Fit(Table ratings, string user, string item, string rating, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return Fit(Labels.Of(ratings[user]), Labels.Of(ratings[item]), ratings.Numbers(rating), progress, cancellationToken);
    }

    /// <summary>Fits to n ratings.</summary>
    /// <param name="users">Who rated, n.</param>
    /// <param name="items">What was rated, n.</param>
    /// <param name="ratings">How, n finite numbers. Several ratings of one item by one user count one by one.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">There is no rating, the lengths differ, or a rating is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MatrixFactorizationModel Fit(Labels users, Labels items, double[] ratings, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(ratings);
        if (ratings.Length == 0 || users.Count != ratings.Length || items.Count != ratings.Length)
        {
            throw new ArgumentException($"Each rating needs a user and an item, and there must be one; got {users.Count} users, {items.Count} items, {ratings.Length} ratings.", nameof(ratings));
        }

        int bad = Array.FindIndex(ratings, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Rating {bad} is {ratings[bad]}; all ratings must be finite."), nameof(ratings));
        }

        double mean = ratings.Sum() / ratings.Length;
        double[] centered = Array.ConvertAll(ratings, rating => rating - mean);
        var userSide = new FactorSide(users.Codes, items.Codes, centered, users.Classes.Count, _factors, _regularization);
        var itemSide = new FactorSide(items.Codes, users.Codes, centered, items.Classes.Count, _factors, _regularization);
        itemSide.Begin(Seeds.Generator(seed, 0));
        var history = new double[_sweeps];
        for (int sweep = 0; sweep < _sweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            userSide.Solve(itemSide);
            itemSide.Solve(userSide);
            history[sweep] = Math.Sqrt(userSide.SquaredError(itemSide) / ratings.Length);
            progress?.Report((sweep + 1.0) / _sweeps);
        }

        return new MatrixFactorizationModel(users.Classes, items.Classes, mean, userSide, itemSide, history);
    }
}
