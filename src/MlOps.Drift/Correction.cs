namespace MlOps.Drift;

/// <summary>How p-values are corrected when many columns are tested at once.</summary>
public enum Correction
{
    /// <summary>Not at all: of 20 unchanged columns one is expected to be flagged at α = 0.05.</summary>
    None,

    /// <summary>Each p-value is compared with α / m. Bounds the chance of any false alarm; the most cautious.</summary>
    Bonferroni,

    /// <summary>Holm's step-down method: the same bound as Bonferroni, never less power.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg's step-up method: bounds the expected share of false alarms among all alarms.</summary>
    BenjaminiHochberg,
}
