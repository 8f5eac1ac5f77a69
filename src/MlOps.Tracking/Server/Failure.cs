using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MlOps.Tracking.Server;

/// <summary>Answers that say why not: <c>{"error_code", "message"}</c>, under MLflow's codes.</summary>
internal static class Failure
{
    internal static Task SendAsync(HttpContext http, Exception exception, Action<string>? log)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask; // nobody listens any more
        }

        switch (exception)
        {
            case TrackingException refused:
                (int status, string code) = CodeOf(refused.Error);
                if (refused.Error == TrackingError.Unauthenticated)
                {
                    http.Response.Headers.WWWAuthenticate = "Bearer"; // not Basic: a browser would ask with a window of its own before the page can
                }

                if (status >= StatusCodes.Status500InternalServerError)
                {
                    log?.Invoke($"{http.Request.Method} {http.Request.Path}: {refused.Message}");
                }

                return SendAsync(http, status, code, refused.Message);
            case BadHttpRequestException bad:
                return SendAsync(http, bad.StatusCode, "BAD_REQUEST", bad.Message);
            default:
                log?.Invoke($"{http.Request.Method} {http.Request.Path}: {exception}");
                return SendAsync(http, StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", $"The server failed: {exception.Message}");
        }
    }

    internal static async Task SendAsync(HttpContext http, int status, string code, string message)
    {
        if (http.Response.HasStarted)
        {
            http.Abort(); // half an answer must not look like a whole one
            return;
        }

        var answer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(answer, Exchange.Format))
        {
            writer.WriteStartObject();
            writer.WriteString("error_code"u8, code);
            writer.WriteString("message"u8, message);
            writer.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.WrittenCount;
        http.Response.Headers.ContentDisposition = default;
        await http.Response.BodyWriter.WriteAsync(answer.WrittenMemory).ConfigureAwait(false);
    }

    private static (int Status, string Code) CodeOf(TrackingError error) => error switch
    {
        TrackingError.InvalidParameterValue => (400, "INVALID_PARAMETER_VALUE"),
        TrackingError.ResourceAlreadyExists => (400, "RESOURCE_ALREADY_EXISTS"),
        TrackingError.ResourceDoesNotExist => (404, "RESOURCE_DOES_NOT_EXIST"),
        TrackingError.BadRequest => (400, "BAD_REQUEST"),
        TrackingError.Unauthenticated => (401, "UNAUTHENTICATED"),
        TrackingError.PermissionDenied => (403, "PERMISSION_DENIED"),
        TrackingError.EndpointNotFound => (404, "ENDPOINT_NOT_FOUND"),
        TrackingError.ResourceConflict => (409, "RESOURCE_CONFLICT"),
        TrackingError.RequestLimitExceeded => (429, "REQUEST_LIMIT_EXCEEDED"),
        TrackingError.TemporarilyUnavailable => (503, "TEMPORARILY_UNAVAILABLE"),
        _ => (500, "INTERNAL_ERROR"),
    };
}
