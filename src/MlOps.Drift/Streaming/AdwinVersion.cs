namespace MlOps.Drift.Streaming;

/// <summary>Which of River's three ADWINs <see cref="Adwin"/> equals, index by index.</summary>
public enum AdwinVersion
{
    /// <summary>River of 2026: every boundary between two buckets is a possible cut.</summary>
    River2026,

    /// <summary>River from 2022 until it counted every bucket (its issues 1539 and 1614): the newest bucket of each row is passed over, its
    /// values counted on neither side of a cut.</summary>
    River2022,

    /// <summary>River of 2021: cuts as in <see cref="River2022"/>, and a detection does not empty the window; it only keeps the part after
    /// the cut, and <see cref="DriftDetector.Count"/> goes on.</summary>
    River2021,
}
