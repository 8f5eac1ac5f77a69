using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary><c>/api/2.0/mlflow-artifacts/…</c>: files up and down through the server, byte by byte, never whole in memory.</summary>
internal static class ArtifactProxy
{
    private static readonly string[] s_bases = ["/api/2.0/mlflow-artifacts/", "/ajax-api/2.0/mlflow-artifacts/"];

    /// <summary>Returns what follows the base, still encoded; null if the path is none of ours.</summary>
    internal static string? PathIn(string path) =>
        Array.Find(s_bases, prefix => path.StartsWith(prefix, StringComparison.Ordinal)) is { } found ? path[found.Length..] : null;

    internal static Task AnswerAsync(HttpContext http, ArtifactAddresses addresses, string encoded)
    {
        if (encoded is "artifacts" or "artifacts/" && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
        {
            return ListAsync(http, addresses);
        }

        if (encoded.StartsWith("mpu/", StringComparison.Ordinal))
        {
            // Clients look at the beginning of this sentence and then upload in one piece.
            return Failure.SendAsync(http, StatusCodes.Status501NotImplemented, "NOT_IMPLEMENTED", "Multipart upload is not supported for the current artifact repository.");
        }

        if (!encoded.StartsWith("artifacts/", StringComparison.Ordinal))
        {
            throw new TrackingException(TrackingError.EndpointNotFound, "There is nothing at this path; files are below mlflow-artifacts/artifacts/.");
        }

        string path = SafePath.Checked(Uri.UnescapeDataString(encoded["artifacts/".Length..]));
        if (path.Length == 0)
        {
            throw TrackingLimits.Missing("path");
        }

        switch (http.Request.Method)
        {
            case "GET" or "HEAD":
                (IArtifactStore files, string inside) = addresses.Proxied(path);
                return new Download(files, inside).SendAsync(http);
            case "PUT":
                return UploadAsync(http, addresses, path);
            case "DELETE":
                (IArtifactStore store, string doomed) = addresses.Proxied(path);
                store.Delete(doomed, http.RequestAborted);
                return NothingAsync(http);
            default:
                http.Response.Headers.Allow = "GET, PUT, DELETE";
                return Failure.SendAsync(http, StatusCodes.Status405MethodNotAllowed, "BAD_REQUEST", $"{http.Request.Method} does not go here; GET, PUT and DELETE do.");
        }
    }

    private static async Task UploadAsync(HttpContext http, ArtifactAddresses addresses, string path)
    {
        (IArtifactStore files, string inside) = addresses.Proxied(path);
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;

        // The store reads as it writes, and a slow client makes it wait: on a thread of its own, so that others are answered meanwhile.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        await Task.Factory.StartNew(
            () => files.Write(inside, http.Request.Body, http.RequestAborted), http.RequestAborted, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        await NothingAsync(http).ConfigureAwait(false);
    }

    /// <summary>Lists a folder; unlike <c>artifacts/list</c> the paths are names only.</summary>
    private static Task ListAsync(HttpContext http, ArtifactAddresses addresses)
    {
        string folder = http.Request.Query["path"].ToString() is { Length: > 0 } told ? SafePath.Checked(told) : "";
        (IArtifactStore files, string inside) = addresses.Proxied(folder);
        var answer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(answer, Exchange.Format))
        {
            writer.WriteStartObject();
            IReadOnlyList<ArtifactFile> found = files.List(inside, http.RequestAborted);
            if (found.Count > 0)
            {
                writer.WriteStartArray("files"u8);
                foreach (ArtifactFile file in found)
                {
                    writer.WriteFile(file.Path[(file.Path.LastIndexOf('/') + 1)..], file.IsFolder, file.Size);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return SendAsync(http, answer.WrittenMemory);
    }

    private static Task NothingAsync(HttpContext http) => SendAsync(http, "{}"u8.ToArray());

    private static Task SendAsync(HttpContext http, ReadOnlyMemory<byte> json)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        return http.Response.BodyWriter.WriteAsync(json).AsTask();
    }
}
