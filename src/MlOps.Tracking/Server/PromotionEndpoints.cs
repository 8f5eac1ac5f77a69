using System.Text.Json;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary><c>/api/2.0/mlops/promotions</c>: our own addition to MLflow's interface, the promotion log.</summary>
internal static class PromotionEndpoints
{
    internal static RouteTable AddTo(RouteTable routes) => routes
        .Get("promotions", exchange =>
        {
            IReadOnlyList<PromotionEntry> log = exchange.Store.GetPromotionLog(exchange.Fields.Text("name") is { Length: > 0 } name ? name : null, exchange.Cancelled);
            using Utf8JsonWriter writer = exchange.Write();
            writer.WriteStartObject();
            writer.WriteStartArray("entries"u8);
            foreach (PromotionEntry entry in log)
            {
                PromotionJson.Write(writer, entry);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        })
        .Change("POST", "promotions/record", exchange =>
        {
            PromotionEntry entry = exchange.Store.RecordPromotion(DraftOf(exchange));
            using Utf8JsonWriter writer = exchange.Write();
            writer.WriteStartObject();
            writer.WritePropertyName("entry"u8);
            PromotionJson.Write(writer, entry);
            writer.WriteEndObject();
        });

    private static PromotionDraft DraftOf(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        string action = fields.Required("action");
        if (!Enum.TryParse(action, out PromotionAction known) || known is not (PromotionAction.Approved or PromotionAction.Refused))
        {
            throw TrackingLimits.Invalid($"Invalid value for parameter 'action': '{action}'. What moves something is recorded when it moves; to be recorded alone there are Approved and Refused.");
        }

        PromotionNote note = exchange.Note();
        return new PromotionDraft(
            fields.Required("model"), known, fields.Text("target") ?? "", fields.Number("version"), fields.Number("previous"),
            fields.Object("note") is not null
                ? note
                : note with { Actor = fields.Text("actor") is { Length: > 0 } actor ? actor : note.Actor, Reason = fields.Text("reason") ?? "", Evidence = fields.Text("evidence") ?? "" });
    }
}
