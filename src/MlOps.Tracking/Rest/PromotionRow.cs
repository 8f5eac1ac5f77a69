using System.Text.Json;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Rest;

/// <summary>Reads an entry of the promotion log from what a server sent, which may write numbers as texts.</summary>
internal static class PromotionRow
{
    internal static PromotionEntry Read(JsonElement json) => new(
        json.Whole("number"u8), json.Whole("time"u8), json.Text("model"u8), ActionOf(json.Text("action"u8)), json.Text("target"u8),
        VersionOrNull(json.WholeOrNull("version"u8)), VersionOrNull(json.WholeOrNull("previous"u8)),
        json.Text("actor"u8), json.Text("reason"u8), json.Text("evidence"u8), json.Text("previous_hash"u8), json.Text("hash"u8));

    private static int? VersionOrNull(long? version) => version switch
    {
        null => null,
        > 0 and <= int.MaxValue => (int)version,
        _ => throw new JsonException($"{version} is no version's number"),
    };

    private static PromotionAction ActionOf(string text) =>
        Enum.TryParse(text, ignoreCase: false, out PromotionAction action) && Enum.IsDefined(action) ? action : throw new JsonException($"'{text}' is nothing that a promotion log tells of");
}
