namespace MlOps.Drift.Monitoring;

/// <summary>Rows that did not come in as they should, counted since the batch before.</summary>
/// <param name="OutOfOrder">Rows older than one before them, and still in time for their window: they are in a batch.</param>
/// <param name="Late">Rows whose window was closed already: left out.</param>
/// <param name="Future">Rows whose time lies ahead of the clock by more than the tolerance: left out.</param>
/// <param name="Untimed">Rows whose time is empty or cannot be read: left out.</param>
/// <param name="Malformed">Lines with too many or too few fields: left out.</param>
public sealed record Intake(long OutOfOrder = 0, long Late = 0, long Future = 0, long Untimed = 0, long Malformed = 0)
{
    /// <summary>Gets the rows that are in no batch.</summary>
    public long LeftOut => Late + Future + Untimed + Malformed;

    /// <summary>Adds two counts.</summary>
    public static Intake operator +(Intake left, Intake right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.OutOfOrder + right.OutOfOrder, left.Late + right.Late, left.Future + right.Future, left.Untimed + right.Untimed, left.Malformed + right.Malformed);
    }

    /// <summary>Adds two counts.</summary>
    public Intake Add(Intake other) => this + other;
}
