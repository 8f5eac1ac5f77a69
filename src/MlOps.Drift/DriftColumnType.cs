namespace MlOps.Drift;

/// <summary>How a drift report reads a column.</summary>
public enum DriftColumnType
{
    /// <summary>Numbers with an order and distances: double and long columns.</summary>
    Numeric,

    /// <summary>Levels without an order: text and bool columns.</summary>
    Categorical,
}
