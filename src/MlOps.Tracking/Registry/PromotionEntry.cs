using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MlOps.Tracking.Registry;

/// <summary>One line of the promotion log: written once, never changed, and tied to the line before it.</summary>
/// <param name="Number">From 1, without gaps, over all models of the store.</param>
/// <param name="Time">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Model">The model.</param>
/// <param name="Action">What happened.</param>
/// <param name="Target">The alias, the stage or the new name; empty for what has none.</param>
/// <param name="Version">The version that it is about; null if none.</param>
/// <param name="Previous">The version that had the alias or the stage before; null if none.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Evidence">What the gates saw, as JSON; empty if there were none.</param>
/// <param name="PreviousHash">The hash of the entry before; 64 zeros in the first.</param>
/// <param name="Hash">SHA-256, in lower-case hexadecimal digits, of all the fields above.</param>
/// <remarks>
/// Every field is hashed as UTF-8 behind its length in bytes and a colon, numbers in invariant digits, null as <c>-</c>, so no two entries give the
/// same text. Whoever changes an entry must change every later hash as well; whoever has written down the last hash elsewhere notices.
/// </remarks>
public sealed record PromotionEntry(
    long Number, long Time, string Model, PromotionAction Action, string Target, int? Version, int? Previous, string Actor, string Reason, string Evidence, string PreviousHash, string Hash)
{
    /// <summary>The <see cref="PreviousHash"/> of the first entry.</summary>
    public static string Origin { get; } = new('0', 64);

    /// <summary>Makes the next entry of a log.</summary>
    /// <param name="draft">What it tells.</param>
    /// <param name="last">The entry before; null for the first.</param>
    /// <param name="time">Milliseconds since 1970-01-01 UTC.</param>
    public static PromotionEntry Next(PromotionDraft draft, PromotionEntry? last, long time)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var entry = new PromotionEntry(
            (last?.Number ?? 0) + 1, time, draft.Model, draft.Action, draft.Target, draft.Version, draft.Previous,
            draft.Note.Actor, draft.Note.Reason, draft.Note.Evidence, last?.Hash ?? Origin, "");
        return entry with { Hash = entry.ComputeHash() };
    }

    /// <summary>Computes what <see cref="Hash"/> must be.</summary>
    public string ComputeHash()
    {
        var text = new StringBuilder();
        foreach (string? field in (string?[])[
            Number.ToString(CultureInfo.InvariantCulture), Time.ToString(CultureInfo.InvariantCulture), Model, Action.ToString(), Target,
            Version?.ToString(CultureInfo.InvariantCulture), Previous?.ToString(CultureInfo.InvariantCulture), Actor, Reason, Evidence, PreviousHash])
        {
            text.Append(field is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(field)}:{field}"));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
