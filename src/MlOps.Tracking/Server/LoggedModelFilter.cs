using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>The filters that are understood for logged models: equality of texts, joined by AND. MLflow's client asks so for the models of a run.</summary>
internal static partial class LoggedModelFilter
{
    [GeneratedRegex(@"\G\s*(?:(?<kind>attributes?|tags?|params?)\.)?`?(?<key>[\w.\-]+)`?\s*(?<op>=|!=)\s*(?:'(?<text>[^']*)'|""(?<text>[^""]*)"")\s*(?<and>and\s|\z)", RegexOptions.IgnoreCase)]
    private static partial Regex Clause { get; }

    internal static Func<JsonObject, bool> Parse(string? filter)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return _ => true;
        }

        List<(string Kind, string Key, bool Equal, string Text)> clauses = [];
        int at = 0;
        while (at < filter.Length)
        {
            Match match = Clause.Match(filter, at);
            string kind = match.Groups["kind"].Value.ToLowerInvariant().TrimEnd('s');
            string key = match.Groups["key"].Value;
            if (!match.Success || (kind is "" or "attribute" && key is not ("name" or "model_id" or "model_type" or "source_run_id" or "status")))
            {
                throw TrackingLimits.Invalid(
                    $"Invalid filter for logged models: '{filter}'. Here name, model_id, model_type, source_run_id, status, tags.KEY and params.KEY can be compared by = and !=, joined by AND.");
            }

            clauses.Add((kind, key, match.Groups["op"].Value == "=", match.Groups["text"].Value));
            at = match.Index + match.Length;
        }

        return model => clauses.TrueForAll(clause => Value(model, clause.Kind, clause.Key) is { } value && value == clause.Text == clause.Equal);
    }

    private static string? Value(JsonObject model, string kind, string key)
    {
        JsonArray? pairs = kind switch
        {
            "tag" => model["info"]!["tags"] as JsonArray,
            "param" => model["data"]!["params"] as JsonArray,
            _ => null,
        };
        return kind is "tag" or "param"
            ? (string?)pairs?.FirstOrDefault(pair => (string?)pair!["key"] == key)?["value"]
            : ((string?)model["info"]![key])?.Replace("LOGGED_MODEL_", "", StringComparison.Ordinal);
    }
}
