namespace MlOps.Drift.Quality;

/// <summary>How sure it is that a column holds personal data; see <see cref="PersonalData"/> for the rule.</summary>
public enum PersonalDataConfidence
{
    /// <summary>The column's name says so, but few values look like it.</summary>
    Low,

    /// <summary>Values look like it, but other data could look the same; or only part of them do.</summary>
    Medium,

    /// <summary>Nearly all values have a shape that chance does not produce, or name and values agree.</summary>
    High,
}
