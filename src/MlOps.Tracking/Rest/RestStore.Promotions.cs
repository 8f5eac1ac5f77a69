using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Rest;

/// <content>The promotion log.</content>
/// <remarks>
/// Our own server keeps it. On any other the client keeps it itself, as tags <c>mlops.promotion.1</c>, <c>mlops.promotion.2</c>… of the registered model, chained by hashes one model
/// at a time. Such a log cannot promise what a database's does: it holds only changes made through this client; one that is killed between the change and the entry leaves none; of two
/// clients that append at the same moment one entry may be lost; whoever may set tags may forge it, though not change an entry without breaking the chain; it goes with the model;
/// and evidence that makes an entry longer than MLflow's 5,000 characters for a tag is left out.
/// </remarks>
internal sealed partial class RestStore
{
    private const string Promotions = "api/2.0/mlops/promotions";
    private const int LongestTag = 5000; // MLflow before 3.0
    private const int AppendTries = 10;
    private readonly Lock _appending = new();
    private readonly Lock _asking = new();
    private bool? _keepsLog;

    /// <inheritdoc/>
    public PromotionEntry RecordPromotion(PromotionDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (!KeepsLog(draft.Model))
        {
            return Append(draft.Model, draft);
        }

        using JsonBody body = JsonBody.Start().Text("model"u8, draft.Model).Text("action"u8, draft.Action.ToString()).Text("target"u8, draft.Target)
            .Number("version"u8, draft.Version).Number("previous"u8, draft.Previous)
            .Text("actor"u8, draft.Note.Actor).Text("reason"u8, draft.Note.Reason).Text("evidence"u8, draft.Note.Evidence);
        return _server.Read(
            new RestRequest(HttpMethod.Post, Promotions + "/record", body) { AtMostOnce = true }, // two approvals in the same words may both be meant
            static json => PromotionRow.Read(json.Field("entry"u8) ?? json))!;
    }

    /// <inheritdoc/>
    public IReadOnlyList<PromotionEntry> GetPromotionLog(string? name = null, CancellationToken cancellationToken = default)
    {
        if (KeepsLog(name))
        {
            return ReadLog(name, cancellationToken);
        }

        if (name is not null)
        {
            return EntriesOf(name, cancellationToken);
        }

        List<PromotionEntry> all = [];
        var query = new SearchQuery { MaxResults = MostModels };
        do
        {
            Page<RegisteredModel> page = SearchModels(query, cancellationToken);
            foreach (RegisteredModel model in page.Items)
            {
                all.AddRange(EntriesOf(model.Name, cancellationToken));
            }

            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken is not null);
        return [.. all.OrderBy(entry => entry.Time).ThenBy(entry => entry.Model, StringComparer.Ordinal).ThenBy(entry => entry.Number)];
    }

    /// <summary>Returns whether the server keeps the log itself; asks it once.</summary>
    private bool KeepsLog(string? name)
    {
        lock (_asking)
        {
            if (_keepsLog is { } known)
            {
                return known;
            }

            try
            {
                ReadLog(name, default);
                _keepsLog = true;
                return true;
            }
            catch (TrackingException e) when (e.Error == TrackingError.EndpointNotFound)
            {
                _keepsLog = false;
                return false;
            }
        }
    }

    private PromotionEntry[] ReadLog(string? name, CancellationToken cancellationToken) => _server.Read(
        new RestRequest(HttpMethod.Get, RestRequest.Query(Promotions, ("name", name))), static json => json.List("entries"u8, PromotionRow.Read), cancellationToken)!;

    /// <summary>Reads the entries that a model carries as tags; none if there is no such model.</summary>
    private PromotionEntry[] EntriesOf(string name, CancellationToken cancellationToken)
    {
        Tag[] tags;
        try
        {
            tags = Get(GetOf("registered-models/get", ("name", name)), static json => RestRows.AllTags(json.Needed("registered_model"u8)), cancellationToken);
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceDoesNotExist)
        {
            return [];
        }

        return [.. tags.Where(tag => tag.Key.StartsWith(RestRows.PromotionTag, StringComparison.Ordinal)).Select(tag => Parse(name, tag)).OrderBy(entry => entry.Number)];
    }

    private PromotionEntry Parse(string name, Tag tag)
    {
        try
        {
            using var json = JsonDocument.Parse(tag.Value);
            return PromotionRow.Read(json.RootElement);
        }
        catch (JsonException e)
        {
            throw new TrackingException(TrackingError.InternalError, $"The tag '{tag.Key}' of the model '{name}' on {Address} is no entry of a promotion log: somebody has changed it.", e);
        }
    }

    /// <summary>Appends an entry to the log that a model carries.</summary>
    private PromotionEntry Append(string model, PromotionDraft draft)
    {
        lock (_appending)
        {
            for (int tries = 0; tries < AppendTries; tries++)
            {
                PromotionEntry? last = EntriesOf(model, default).LastOrDefault();
                long time = Math.Max(Clock.GetUtcNow().ToUnixTimeMilliseconds(), last?.Time ?? 0);
                var entry = PromotionEntry.Next(draft, last, time);
                string text = Encoding.UTF8.GetString(PromotionJson.Line(entry));
                if (text.Length > LongestTag)
                {
                    string leftOut = string.Create(CultureInfo.InvariantCulture, $"{{\"left_out\":\"{draft.Note.Evidence.Length} characters\"}}");
                    entry = PromotionEntry.Next(draft with { Note = draft.Note with { Evidence = leftOut } }, last, time);
                    text = Encoding.UTF8.GetString(PromotionJson.Line(entry));
                }

                SetModelTag(model, new Tag(string.Create(CultureInfo.InvariantCulture, $"{RestRows.PromotionTag}{entry.Number}"), text));
                if (EntriesOf(model, default).Any(stored => stored.Hash == entry.Hash))
                {
                    return entry;
                }
            }
        }

        throw new TrackingException(TrackingError.ResourceConflict, $"Others append to the promotion log of '{model}' on {Address} all the time; the entry could not be written.");
    }
}
