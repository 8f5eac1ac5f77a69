using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    private const string PromotionColumns = "number, time, model, action, target, version, previous, actor, reason, evidence, previous_hash, hash";

    public PromotionEntry RecordPromotion(PromotionDraft draft)
    {
        PromotionRules.CheckRecord(draft);
        return _database.Write(session =>
        {
            LockModel(session, draft.Model);
            return Append(session, draft);
        });
    }

    public IReadOnlyList<PromotionEntry> GetPromotionLog(string? name = null, CancellationToken cancellationToken = default) => _database.Read(
        session => name is null
            ? session.Rows($"SELECT {PromotionColumns} FROM promotions ORDER BY number", PromotionOf)
            : session.Rows($"SELECT {PromotionColumns} FROM promotions WHERE model = $1 ORDER BY number", PromotionOf, name),
        cancellationToken);

    /// <summary>Writes the next entry. Comes after the lock of the model, never before it.</summary>
    private PromotionEntry Append(SqlSession session, PromotionDraft draft)
    {
        long number = session.Number("UPDATE promotion_head SET number = number + 1 RETURNING number")!.Value;
        List<PromotionEntry> last = session.Rows($"SELECT {PromotionColumns} FROM promotions WHERE number = $1", PromotionOf, number - 1);
        PromotionEntry entry = PromotionRules.Next(draft, last.Count == 0 ? null : last[0], Now());
        session.Run(
            $"INSERT INTO promotions ({PromotionColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            entry.Number, entry.Time, entry.Model, entry.Action.ToString(), entry.Target, (long?)entry.Version, (long?)entry.Previous, entry.Actor, entry.Reason, entry.Evidence, entry.PreviousHash, entry.Hash);
        return entry;
    }

    private static PromotionEntry PromotionOf(SqlCursor row) => new(
        row.Number(0), row.Number(1), row.Text(2), Enum.Parse<PromotionAction>(row.Text(3)), row.Text(4), (int?)row.NumberOrNull(5), (int?)row.NumberOrNull(6),
        row.Text(7), row.Text(8), row.Text(9), row.Text(10), row.Text(11));
}
