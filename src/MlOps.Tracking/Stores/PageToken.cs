using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlOps.Tracking.Stores;

/// <summary>Page tokens as MLflow's: <c>{"offset": n}</c> in base64.</summary>
internal static class PageToken
{
    internal static string Of(long offset) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"offset\": {offset}}}")));

    /// <summary>Returns the offset; 0 for null or empty.</summary>
    internal static long Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return 0;
        }

        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(token));
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("offset", out JsonElement offset) && offset.TryGetInt64(out long n) && n >= 0)
            {
                return n;
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // Said below, in the same words as for a token that can be read but is none of ours.
        }

        throw new TrackingException(TrackingError.InvalidParameterValue, $"Invalid page token '{token}': give the next_page_token of the page before, or none.");
    }
}
