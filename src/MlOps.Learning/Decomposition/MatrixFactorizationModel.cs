namespace MlOps.Learning.Decomposition;

/// <summary>Predicts the rating of a user for an item: <c>μ + bᵤ + bᵢ + pᵤ·qᵢ</c>.</summary>
/// <remarks>
/// A user or item that had no rating has bias and factors 0: a new user gets <c>μ + bᵢ</c>, for a new item as well μ. No <see cref="IModel"/>, for it
/// predicts from two names and not from features.
/// </remarks>
public sealed class MatrixFactorizationModel
{
    /// <summary>The code of a user or item that had no rating.</summary>
    public const int Unknown = -1;

    private readonly Dictionary<string, int> _userCodes;
    private readonly Dictionary<string, int> _itemCodes;
    private readonly double[] _history;

    internal MatrixFactorizationModel(IReadOnlyList<string> users, IReadOnlyList<string> items, double mean, FactorSide userSide, FactorSide itemSide, double[] history)
    {
        Users = users;
        Items = items;
        Mean = mean;
        _userCodes = Codes(users);
        _itemCodes = Codes(items);
        (UserFactors, UserBiases) = Split(userSide.Vectors, users.Count);
        (ItemFactors, ItemBiases) = Split(itemSide.Vectors, items.Count);
        _history = history;
    }

    /// <summary>Gets the users; a code is an index into them.</summary>
    public IReadOnlyList<string> Users { get; }

    /// <summary>Gets the items; a code is an index into them.</summary>
    public IReadOnlyList<string> Items { get; }

    /// <summary>Gets μ, the mean of the ratings.</summary>
    public double Mean { get; }

    /// <summary>Gets p: users × k.</summary>
    public Matrix UserFactors { get; }

    /// <summary>Gets q: items × k.</summary>
    public Matrix ItemFactors { get; }

    /// <summary>Gets how far each user rates above the mean.</summary>
    public IReadOnlyList<double> UserBiases { get; }

    /// <summary>Gets how far each item is rated above the mean.</summary>
    public IReadOnlyList<double> ItemBiases { get; }

    /// <summary>Gets the root mean squared error of the training ratings after each sweep, in the unit of the ratings.</summary>
    public IReadOnlyList<double> RmseHistory => _history;

    /// <summary>Returns the code of a user, or <see cref="Unknown"/>.</summary>
    public int UserCode(string user) => _userCodes.GetValueOrDefault(user, Unknown);

    /// <summary>Returns the code of an item, or <see cref="Unknown"/>.</summary>
    public int ItemCode(string item) => _itemCodes.GetValueOrDefault(item, Unknown);

    /// <summary>Predicts a rating, in the unit of the ratings; it may lie outside their range.</summary>
    public double Predict(string user, string item) => Predict(UserCode(user), ItemCode(item));

    /// <summary>Predicts a rating from codes.</summary>
    /// <param name="user">An index into <see cref="Users"/>, or <see cref="Unknown"/>.</param>
    /// <param name="item">An index into <see cref="Items"/>, or <see cref="Unknown"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A code is neither.</exception>
    public double Predict(int user, int item)
    {
        if (user < Unknown || user >= Users.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(user), user, $"A user's code is -1 to {Users.Count - 1}.");
        }

        if (item < Unknown || item >= Items.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(item), item, $"An item's code is -1 to {Items.Count - 1}.");
        }

        double rating = Mean + (user < 0 ? 0 : UserBiases[user]) + (item < 0 ? 0 : ItemBiases[item]);
        for (int f = 0; user >= 0 && item >= 0 && f < UserFactors.ColumnCount; f++)
        {
            rating += UserFactors[user, f] * ItemFactors[item, f];
        }

        return rating;
    }

    /// <summary>Predicts a rating a pair.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public double[] Predict(IReadOnlyList<string> users, IReadOnlyList<string> items)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(items);
        return users.Count == items.Count
            ? [.. users.Select((user, i) => Predict(user, items[i]))]
            : throw new ArgumentException($"Each user needs an item: {users.Count} users, {items.Count} items.", nameof(items));
    }

    private static Dictionary<string, int> Codes(IReadOnlyList<string> names)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            codes.Add(names[i], i);
        }

        return codes;
    }

    private static (Matrix Factors, double[] Biases) Split(double[] vectors, int count)
    {
        int width = vectors.Length / count;
        var factors = new double[count * (width - 1)];
        var biases = new double[count];
        for (int i = 0; i < count; i++)
        {
            vectors.AsSpan(i * width, width - 1).CopyTo(factors.AsSpan(i * (width - 1)));
            biases[i] = vectors[((i + 1) * width) - 1];
        }

        return (new Matrix(count, width - 1, factors, [.. Enumerable.Range(1, width - 1).Select(f => FormattableString.Invariant($"factor{f}"))]), biases);
    }
}
