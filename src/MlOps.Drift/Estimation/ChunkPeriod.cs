namespace MlOps.Drift.Estimation;

/// <summary>Calendar periods.</summary>
public enum ChunkPeriod
{
    /// <summary>A calendar day; 23 or 25 hours long when the clock changes.</summary>
    Day,

    /// <summary>Monday to Sunday (ISO 8601), labelled by its Monday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>Three calendar months.</summary>
    Quarter,
}
