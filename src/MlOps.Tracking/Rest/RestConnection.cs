using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Text.Json;

namespace MlOps.Tracking.Rest;

/// <summary>The connection to a server: sends requests, again where that helps and does no harm.</summary>
/// <remarks>
/// Synchronous over pooled connections: a call that a notebook waits for anyway gains nothing from a second thread. Redirects are followed only to the same host, and
/// never from https to http, because the password goes along. Thread-safe.
/// </remarks>
internal sealed partial class RestConnection : IDisposable
{
    private const int MostRedirects = 5;
    private const long LargestAnswer = 512L << 20; // bytes; a page of 50,000 runs has about 100 MB
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_dnsLife = TimeSpan.FromMinutes(5);
    private readonly HttpClient _client;
    private readonly RestOptions _options;

    internal RestConnection(RestOptions options, HttpMessageHandler? handler = null)
    {
        _options = options;
        _client = new HttpClient(handler ?? Handler(options)) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("mlops-course/0.1");
        if (options.Authorization is { } authorization)
        {
            _client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }
    }

    /// <summary>Gets how the server was told.</summary>
    internal RestOptions Options => _options;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Sends a request whose answer says nothing.</summary>
    internal void Send(RestRequest request, CancellationToken cancellationToken = default) => Read<object?>(request, static _ => null, cancellationToken);

    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>What <paramref name="read"/> made of the answer; null if <see cref="RestRequest.Happened"/> said that it is done.</returns>
    /// <exception cref="TrackingException">The server refused, is away, or answered with something else than was asked for.</exception>
    internal T? Read<T>(RestRequest request, Func<JsonElement, T> read, CancellationToken cancellationToken = default)
    {
        using RestAnswer? answer = Open(request, cancellationToken);
        if (answer is null)
        {
            return default;
        }

        try
        {
            using var json = JsonDocument.Parse(answer.Response.Content.ReadAsStream(cancellationToken));
            return json.RootElement.ValueKind == JsonValueKind.Object ? read(json.RootElement) : throw new JsonException("an object was expected");
        }
        catch (JsonException e)
        {
            throw RestErrors.NotUnderstood(answer.Response, _options.Shown, request, e);
        }
    }

    private static SocketsHttpHandler Handler(RestOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !options.Base.IsLoopback, // no proxy leads to this machine
            ConnectTimeout = options.Timeout < s_connect ? options.Timeout : s_connect,
            PooledConnectionLifetime = s_dnsLife,
        };
        if (options.AnyCertificate)
        {
#pragma warning disable CA5359 // Only where MLFLOW_TRACKING_INSECURE_TLS asks for it, as MLflow's client does.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return handler;
    }

    /// <summary>Makes one try.</summary>
    /// <returns>The answer; null if it failed in a way that another try may mend.</returns>
    private RestAnswer? Try(RestRequest request, CancellationToken cancellationToken, out RestFailure failure)
    {
        var limit = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken) : new CancellationTokenSource();
        HttpResponseMessage? response = null;
        bool handedOver = false;
        try
        {
            limit.CancelAfter(_options.Timeout);
            response = Follow(request, limit);
            if (response.IsSuccessStatusCode)
            {
                failure = default;
                handedOver = true;
                return new RestAnswer(response, limit);
            }

            TrackingException error;
            using (limit.Token.Register(static late => ((HttpResponseMessage)late!).Dispose(), response)) // ends the reading of a body that does not come
            {
                error = RestErrors.Of(response, _options.Shown, request);
            }

            failure = IsPassing(response.StatusCode) && !(request.TakesInternalErrors && response.StatusCode == HttpStatusCode.InternalServerError)
                ? new RestFailure(error, response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout ? RequestArrival.PerhapsStillUnderWay : RequestArrival.Perhaps, RetryAfter(response), response.StatusCode == HttpStatusCode.InternalServerError)
                : throw error;
        }
        catch (HttpRequestException e)
        {
            failure = OfConnection(e);
        }
        catch (IOException e)
        {
            failure = new RestFailure(Away($"the connection broke ({e.Message})", e), RequestArrival.Perhaps);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            bool connecting = !limit.IsCancellationRequested; // the handler's own time limit, which is for connecting
            string seconds = string.Create(CultureInfo.InvariantCulture, $"{(connecting ? s_connect : _options.Timeout).TotalSeconds:0.#}");
            failure = connecting
                ? new RestFailure(Away($"no connection within {seconds} s", e), RequestArrival.No)
                : new RestFailure(Away($"no answer within {seconds} s; {RestOptions.TimeoutVariable} allows more", e), RequestArrival.PerhapsStillUnderWay);
        }
        finally
        {
            if (!handedOver)
            {
                response?.Dispose();
                limit.Dispose();
            }
        }

        return null;
    }

    /// <summary>Sends a request and follows redirects within the host.</summary>
    private HttpResponseMessage Follow(RestRequest request, CancellationTokenSource limit)
    {
        var target = new Uri(_options.Base, request.Path);
        for (int hops = 0; ; hops++)
        {
            using var message = new HttpRequestMessage(request.Method, target) { Content = request.Upload?.Invoke(limit) ?? request.Body?.Content() };
            HttpResponseMessage response = _client.Send(message, request.Streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, limit.Token);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location)
            {
                return response;
            }

            int status = (int)response.StatusCode;
            response.Dispose();
            var next = new Uri(target, location);
            bool sameHost = next.Host.Equals(target.Host, StringComparison.OrdinalIgnoreCase)
                && (next.Scheme == target.Scheme ? next.Port == target.Port : target.Scheme == Uri.UriSchemeHttp && next.Scheme == Uri.UriSchemeHttps);
            bool sameRequest = request.Method == HttpMethod.Get ? status != 303 : status is 307 or 308; // the others would turn a POST into a GET
            if (!sameHost || !sameRequest || hops == MostRedirects)
            {
                string where = next.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
                throw new TrackingException(
                    TrackingError.EndpointNotFound,
                    $"{_options.Shown} redirects {request.Method} /{RestErrors.PathOf(request)} to {where} (HTTP {status}), which is not followed: user and password go along only to the same host. If that is the server, use its address.");
            }

            target = next;
        }
    }

    private RestFailure OfConnection(HttpRequestException e)
    {
        string reason = (e.InnerException ?? e).Message;
        switch (e.HttpRequestError)
        {
            case HttpRequestError.NameResolutionError:
                throw Away($"no such host ({reason})", e); // a slip of the pen, mostly: no use in trying again
            case HttpRequestError.SecureConnectionError:
                throw Away($"no secure connection ({reason}); {RestOptions.InsecureVariable}=true accepts a certificate that nobody vouches for", e);
            case HttpRequestError.ConfigurationLimitExceeded:
                throw new TrackingException(TrackingError.InternalError, $"{_options.Shown} answered with more than {LargestAnswer >> 20} MB; ask for smaller pages.", e);
            case HttpRequestError.InvalidResponse:
                throw Away($"what answers there does not speak HTTP ({reason})", e);
            case HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError:
                return new RestFailure(Away(reason, e), RequestArrival.No);
            default:
                return new RestFailure(Away($"the connection broke ({reason})", e), RequestArrival.Perhaps);
        }
    }

    private TrackingException Away(string reason, Exception inner) => new(
        TrackingError.TemporarilyUnavailable,
        $"No MLflow server answers at {_options.Shown}: {reason}. Is it running, is the address right ({Stores.TrackingStore.AddressVariable}), is a firewall or a proxy in between?", inner);

    private static bool IsPassing(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _options.Clock.GetUtcNow(),
        _ => null,
    };
}
