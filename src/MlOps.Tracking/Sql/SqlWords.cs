namespace MlOps.Tracking.Sql;

/// <summary>The words in which the databases differ.</summary>
/// <param name="Serial">The type of a table's running number.</param>
/// <param name="Text">The type of a text that sorts by its bytes.</param>
/// <param name="Clustered">What stands after a table that is kept in the order of its primary key.</param>
/// <param name="Covering">The further columns of an index that spares looking up the row, after a comma; nothing where an entry of an index must be short.</param>
/// <param name="ForUpdate">What stands after a SELECT to keep others from changing its row until the transaction ends.</param>
/// <param name="Tables">The names of the tables that are there.</param>
internal sealed record SqlWords(string Serial, string Text, string Clustered, string Covering, string ForUpdate, string Tables)
{
    /// <summary>Gets the statements that make the table <c>promotions</c> refuse every change but the next entry at its end.</summary>
    internal required IReadOnlyList<string> PromotionGuards { get; init; }
}
