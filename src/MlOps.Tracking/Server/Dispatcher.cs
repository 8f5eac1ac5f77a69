using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>Takes a request from the connection to what answers it, and its answer or its failure back.</summary>
internal sealed class Dispatcher
{
    /// <summary>What <c>/version</c> says: the newest MLflow whose 2.0 interface is served. Clients read it to see what they may ask for.</summary>
    internal const string MlflowVersion = "2.17.2";

    // The parameters of an API path stand in it; MLflow 3 asks for some of them under 3.0.
    private static readonly string[] s_bases = ["/api/2.0/mlflow/", "/ajax-api/2.0/mlflow/", "/api/3.0/mlflow/", "/ajax-api/3.0/mlflow/"];
    private static readonly string[] s_ownBases = ["/api/2.0/mlops/", "/ajax-api/2.0/mlops/"];
    private static readonly byte[] s_nothing = "{}"u8.ToArray();

    private readonly ITrackingStore _store;
    private readonly ServerOptions _options;
    private readonly AccessControl _access;
    private readonly ArtifactAddresses _addresses;
    private readonly LoggedModels _models;
    private readonly RouteTable _mlflow = new();
    private readonly RouteTable _own = PromotionEndpoints.AddTo(new RouteTable());
    private readonly RouteTable _files = ArtifactDownloads.AddTo(new RouteTable());

    internal Dispatcher(ITrackingStore store, ServerOptions options, AccessControl access)
    {
        (_store, _options, _access) = (store, options, access);
        _addresses = new ArtifactAddresses(store);
        _models = new LoggedModels(store, _addresses, options.Clock);
        ExperimentEndpoints.AddTo(_mlflow);
        RunEndpoints.AddTo(_mlflow);
        LoggingEndpoints.AddTo(_mlflow);
        MetricEndpoints.AddTo(_mlflow);
        ModelEndpoints.AddTo(_mlflow);
        VersionEndpoints.AddTo(_mlflow);
        LoggedModelEndpoints.AddTo(_mlflow, _models);
    }

    internal async Task HandleAsync(HttpContext http)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            await AnswerAsync(http, PathOf(http)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await Failure.SendAsync(http, e, _options.Log).ConfigureAwait(false);
        }

        if (_options is { LogRequests: true, Log: { } log })
        {
            log(string.Create(
                CultureInfo.InvariantCulture,
                $"{http.Connection.RemoteIpAddress} {http.Request.Method} {PathOf(http)} {http.Response.StatusCode} {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms"));
        }
    }

    /// <summary>The path as the client wrote it: the framework's has lost its <c>..</c> and some of its escapes.</summary>
    private static string PathOf(HttpContext http)
    {
        string target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            return http.Request.Path.Value ?? "/"; // a proxy's full address
        }

        int query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    private Task AnswerAsync(HttpContext http, string path)
    {
        _access.CheckHost(http.Request);
        foreach (string prefix in s_bases)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal) && (_mlflow.Find(path.AsSpan(prefix.Length)) ?? LoggedModelEndpoints.Find(path[prefix.Length..], _models)) is { } methods)
            {
                return OperateAsync(http, methods);
            }
        }

        if (ArtifactProxy.PathIn(path) is { } file)
        {
            _access.CheckToken(http.Request);
            if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            {
                _access.CheckWriting(http.Request);
            }

            return ArtifactProxy.AnswerAsync(http, _addresses, file);
        }

        foreach (string prefix in s_ownBases)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal) && _own.Find(path.AsSpan(prefix.Length)) is { } methods)
            {
                return OperateAsync(http, methods);
            }
        }

        return _files.Find(path) is { } downloads ? OperateAsync(http, downloads) : OthersAsync(http, path);
    }

    /// <summary>What anybody may ask for: it tells nothing of what is stored.</summary>
    private static Task OthersAsync(HttpContext http, string path)
    {
        switch (path)
        {
            case "/health":
                return TextAsync(http, "OK");
            case "/version":
                return TextAsync(http, MlflowVersion);
            default:
                return ServerPage.Find(path) is { } page && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
                    ? page.SendAsync(http)
                    : throw new TrackingException(TrackingError.EndpointNotFound, $"There is nothing at {path}.");
        }
    }

    private static Task TextAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.ContentLength = text.Length; // ASCII
        return http.Response.WriteAsync(text);
    }

    private async Task OperateAsync(HttpContext http, Dictionary<string, Operation> methods)
    {
        HttpRequest request = http.Request;
        if (!methods.TryGetValue(HttpMethods.IsHead(request.Method) ? HttpMethods.Get : request.Method, out Operation? operation))
        {
            http.Response.Headers.Allow = string.Join(", ", methods.Keys);
            await Failure.SendAsync(http, StatusCodes.Status405MethodNotAllowed, "BAD_REQUEST", $"{request.Method} does not go here; {http.Response.Headers.Allow} does.").ConfigureAwait(false);
            return;
        }

        _access.CheckToken(request);
        if (operation.Writes)
        {
            _access.CheckWriting(request);
        }

        if (HttpMethods.IsPost(request.Method))
        {
            CheckContentType(request.ContentType);
        }

        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"))
        {
            await AnswerAsync(http, operation, ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
            return;
        }

        PipeReader reader = request.BodyReader;
        ReadResult read = await reader.ReadAtLeastAsync((int)Math.Clamp(request.ContentLength ?? 0, 1, _options.MaxRequestBytes), http.RequestAborted).ConfigureAwait(false);
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync(http.RequestAborted).ConfigureAwait(false);
        }

        byte[]? joined = null;
        ReadOnlyMemory<byte> body = read.Buffer.First;
        if (!read.Buffer.IsSingleSegment)
        {
            joined = ArrayPool<byte>.Shared.Rent((int)read.Buffer.Length);
            read.Buffer.CopyTo(joined);
            body = joined.AsMemory(0, (int)read.Buffer.Length);
        }

        try
        {
            await AnswerAsync(http, operation, body).ConfigureAwait(false);
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
            if (joined is not null)
            {
                ArrayPool<byte>.Shared.Return(joined);
            }
        }
    }

    private Task AnswerAsync(HttpContext http, Operation operation, ReadOnlyMemory<byte> body)
    {
        using var exchange = new Exchange(http, _store, _options, _addresses, _models, body);
        operation.Run(exchange);
        if (exchange.Download is { } download)
        {
            return download.SendAsync(http);
        }

        ReadOnlyMemory<byte> answer = exchange.Answer?.WrittenMemory ?? s_nothing;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        return http.Response.BodyWriter.WriteAsync(answer).AsTask();
    }

    private static void CheckContentType(string? type)
    {
        ReadOnlySpan<char> media = type.AsSpan();
        int parameters = media.IndexOf(';');
        media = (parameters < 0 ? media : media[..parameters]).Trim();
        if (!media.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw TrackingLimits.Invalid(media.IsEmpty ? "Bad Request. Content-Type header is missing; it must be application/json." : $"Bad Request. Content-Type must be application/json, not '{media}'.");
        }
    }
}
