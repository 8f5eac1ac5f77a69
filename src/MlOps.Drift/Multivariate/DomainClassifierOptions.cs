namespace MlOps.Drift.Multivariate;

/// <summary>How a domain-classifier test is run.</summary>
public sealed record DomainClassifierOptions
{
    /// <summary>Gets the model; null uses logistic regression on columns, squares and products (see <see cref="DomainClassifier"/>).</summary>
    public FitDomainModel? Model { get; init; }

    /// <summary>Gets the number of folds, at least 2. Default 5.</summary>
    public int Folds { get; init => field = Guard.AtLeast(value, 2, nameof(Folds)); } = 5;

    /// <summary>Gets the rows a side that are used; of more, so many are drawn. Default 20,000.</summary>
    public int MaxRows { get; init => field = Guard.AtLeast(value, 10, nameof(MaxRows)); } = 20_000;

    /// <summary>Gets the seed of sample, folds and shuffles. Equal seeds give equal results.</summary>
    public int Seed { get; init; } = 2026;
}
