using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace MlOps.Tracking.Rest;

/// <summary>Makes exceptions of answers that are none: MLflow's error objects, proxies' pages, nothing at all.</summary>
internal static class RestErrors
{
    private const int ReadAtMost = 64 * 1024; // bytes of an error's body
    private const int Shown = 200; // characters of it

    /// <summary>Returns the exception for an answer whose status is not 2xx.</summary>
    internal static TrackingException Of(HttpResponseMessage response, string server, RestRequest request)
    {
        string body = Body(response);
        (string? code, string? message) = Parse(body);
        TrackingError error = (code is null ? null : OfCode(code)) ?? OfStatus(response.StatusCode, code is not null);
        if (code is not null && message is { Length: > 0 })
        {
            return new TrackingException(error, message);
        }

        string advice = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => $" Set {RestOptions.UsernameVariable} and {RestOptions.PasswordVariable}, or {RestOptions.TokenVariable}.",
            HttpStatusCode.NotFound => " Is it an MLflow server, does it know this call, and is the path in its address right?",
            HttpStatusCode.ProxyAuthenticationRequired => " The proxy in between wants a password.",
            _ => "",
        };
        return new TrackingException(error, string.Create(
            CultureInfo.InvariantCulture, $"{server} answered {request.Method} /{PathOf(request)} with HTTP {(int)response.StatusCode} and no MLflow error: {Summary(body)}.{advice}"));
    }

    /// <summary>Returns the exception for an answer of status 2xx that is not the JSON it must be.</summary>
    internal static TrackingException NotUnderstood(HttpResponseMessage response, string server, RestRequest request, JsonException cause)
    {
        string type = response.Content.Headers.ContentType?.MediaType ?? "no type";
        string what = type.Contains("json", StringComparison.OrdinalIgnoreCase) ? cause.Message : $"{type}: {Summary(Body(response))}";
        return new TrackingException(
            TrackingError.InternalError, $"{server} answered {request.Method} /{PathOf(request)} with something that is not MLflow's JSON ({what}). Is it an MLflow server, without a sign-in page in front?", cause);
    }

    /// <summary>Returns the path without its query, which may be long.</summary>
    internal static string PathOf(RestRequest request) => request.Path.Split('?')[0];

    private static string Body(HttpResponseMessage response)
    {
        try
        {
            using Stream stream = response.Content.ReadAsStream();
            if (stream.CanSeek)
            {
                stream.Position = 0;
            }

            byte[] start = new byte[ReadAtMost];
            return Encoding.UTF8.GetString(start, 0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return $"(its body broke off: {e.Message})"; // the status is what matters
        }
    }

    private static (string? Code, string? Message) Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            JsonElement root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error_code"u8, out JsonElement code)
                ? (code.ToString(), root.TryGetProperty("message"u8, out JsonElement message) ? message.ToString() : null)
                : (null, null);
        }
        catch (JsonException)
        {
            return (null, null); // a page, or cut off: the caller shows its start
        }
    }

    private static TrackingError? OfCode(string code) => code switch
    {
        "INVALID_PARAMETER_VALUE" => TrackingError.InvalidParameterValue,
        "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS" => TrackingError.ResourceAlreadyExists,
        "RESOURCE_DOES_NOT_EXIST" or "NOT_FOUND" => TrackingError.ResourceDoesNotExist,
        "BAD_REQUEST" => TrackingError.BadRequest,
        "UNAUTHENTICATED" or "CUSTOMER_UNAUTHORIZED" => TrackingError.Unauthenticated,
        "PERMISSION_DENIED" => TrackingError.PermissionDenied,
        "ENDPOINT_NOT_FOUND" or "NOT_IMPLEMENTED" => TrackingError.EndpointNotFound,
        "RESOURCE_CONFLICT" or "ABORTED" => TrackingError.ResourceConflict,
        "REQUEST_LIMIT_EXCEEDED" or "RESOURCE_EXHAUSTED" => TrackingError.RequestLimitExceeded,
        "INTERNAL_ERROR" or "INVALID_STATE" or "DATA_LOSS" => TrackingError.InternalError,
        "TEMPORARILY_UNAVAILABLE" or "DEADLINE_EXCEEDED" or "CANCELLED" => TrackingError.TemporarilyUnavailable,
        _ => null,
    };

    private static TrackingError OfStatus(HttpStatusCode status, bool speaksMlflow) => (int)status switch
    {
        401 or 407 => TrackingError.Unauthenticated,
        403 => TrackingError.PermissionDenied,
        404 when speaksMlflow => TrackingError.ResourceDoesNotExist,
        404 or 405 or 501 => TrackingError.EndpointNotFound,
        409 => TrackingError.ResourceConflict,
        429 => TrackingError.RequestLimitExceeded,
        408 or 502 or 503 or 504 => TrackingError.TemporarilyUnavailable,
        >= 500 => TrackingError.InternalError,
        _ => TrackingError.BadRequest,
    };

    /// <summary>Returns the start of a page's text, without its tags.</summary>
    private static string Summary(string body)
    {
        var text = new StringBuilder(Shown);
        bool inTag = false, space = false;
        foreach (char c in body)
        {
            inTag = c == '<' || (inTag && c != '>');
            if (inTag || c == '>' || char.IsWhiteSpace(c) || char.IsControl(c))
            {
                space = text.Length > 0;
                continue;
            }

            if (text.Length >= Shown)
            {
                return $"'{text}…'";
            }

            text.Append(space ? " " : "").Append(c);
            space = false;
        }

        return text.Length == 0 ? "its body is empty" : $"'{text}'";
    }
}
