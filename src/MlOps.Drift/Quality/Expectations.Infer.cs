using MlOps.Data;

namespace MlOps.Drift.Quality;

public sealed partial record Expectations
{
    /// <summary>Drafts rules from a reference: few, each with its reason, to be read and edited.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>Every column: its type; that no value is missing where none is, else how many may be.</item>
    /// <item>Identifiers (all values different, and text, or a name such as id, or rising from row to row): unique, nothing else.</item>
    /// <item>Few distinct texts, and truth values that are constant: the values there are. Other text: its length.</item>
    /// <item>Numbers: a range with a margin, and as a warning that the mean stays near, in standard deviations.</item>
    /// <item>Times: none in the future, and in order, where the reference is so; fresh only with <see cref="InferOptions.MaxAge"/>.</item>
    /// <item>The table: as a warning, its number of rows; no row twice where there is no identifier.</item>
    /// <item>Personal data is flagged; such columns get no rule that quotes a value.</item>
    /// </list>
    /// Infinite numbers in the reference are left out of limits and means, and a rule says how many there may be.
    /// </remarks>
    /// <param name="reference">A table that is in order; at least one row.</param>
    /// <param name="options">Margins and limits; the defaults if null.</param>
    /// <exception cref="ArgumentException">The table has no rows.</exception>
    public static Expectations Infer(Table reference, InferOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.RowCount == 0)
        {
            throw new ArgumentException("The reference has no rows, so there is nothing to learn from it.", nameof(reference));
        }

        return new Draft(reference, options ?? new InferOptions()).Write();
    }
}
