using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace MlOps.Drift.Monitoring;

/// <summary>Posts every alert as JSON to a URL.</summary>
/// <remarks>
/// The monitor only puts alerts into a queue, which another task empties in order; a receiver that hangs costs it nothing. An answer other
/// than 2xx, none in time and a broken connection are tried again, with pauses that double; an answer 4xx other than 408 and 429 is final.
/// Redirects are not followed: alerts go where the user said. What is given up or dropped is counted and reported.
/// <para>The body: <c>{"monitor","batch","time","kind","severity","group","title","firstSeen","lastSeen","lastingSeconds","batches",
/// "lines":[{"check","subject","name","severity","message","value","limit","count"}],"lookAt":[…]}</c>.</para>
/// Thread-safe.
/// </remarks>
public sealed class WebhookSink : IAlertSink, IAsyncDisposable
{
    private readonly Uri _url;
    private readonly WebhookOptions _options;
    private readonly HttpClient _client;
    private readonly Channel<string> _queue;
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;
    private long _sent;
    private long _givenUp;
    private long _dropped;
    private long _waiting;

    /// <summary>Starts sending to a URL.</summary>
    /// <param name="url">An absolute http or https URL.</param>
    /// <param name="options">Timeout, attempts, headers; the defaults if null.</param>
    /// <exception cref="ArgumentException">The URL is not absolute, or not of http or https.</exception>
    public WebhookSink(Uri url, WebhookOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"A webhook needs an absolute http or https URL; got '{url}'.", nameof(url));
        }

        (_url, _options) = (url, options ?? new WebhookOptions());
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
        _queue = Channel.CreateBounded<string>(new BoundedChannelOptions(_options.QueueLength) { SingleReader = true });
        _worker = Task.Run(Work);
    }

    /// <inheritdoc/>
    public string Name => $"webhook {_url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}"; // a path may hold a secret

    /// <summary>Gets the alerts that were accepted by the receiver.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Gets the alerts given up after every attempt, or after a final answer.</summary>
    public long GivenUp => Interlocked.Read(ref _givenUp);

    /// <summary>Gets the alerts dropped because the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public void Send(MonitorRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        long dropped = 0;
        foreach (Alert alert in run.Alerts)
        {
            Interlocked.Increment(ref _waiting);
            if (!_queue.Writer.TryWrite(AlertJson.Write(run, alert)))
            {
                Interlocked.Decrement(ref _waiting);
                dropped++;
            }
        }

        if (dropped > 0)
        {
            _problems.Enqueue(FormattableString.Invariant($"{dropped:N0} alerts dropped, as {_options.QueueLength:N0} wait already; {Interlocked.Add(ref _dropped, dropped):N0} since the start"));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> TakeProblems()
    {
        var problems = new List<string>();
        while (_problems.TryDequeue(out string? problem))
        {
            problems.Add(problem);
        }

        return problems;
    }

    /// <summary>Waits until the queue is empty, but no longer than a limit.</summary>
    /// <returns>Whether all has been sent or given up.</returns>
    public async Task<bool> FlushAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            while (Interlocked.Read(ref _waiting) > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), timeout.Token).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Stops at once; alerts that still wait are lost. Call <see cref="FlushAsync"/> before.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _worker.ConfigureAwait(false);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task Work()
    {
        try
        {
            await foreach (string body in _queue.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                if (await Deliver(body).ConfigureAwait(false) is { } problem)
                {
                    Interlocked.Increment(ref _givenUp);
                    _problems.Enqueue(problem);
                }
                else
                {
                    Interlocked.Increment(ref _sent);
                }

                Interlocked.Decrement(ref _waiting);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // closed
        }
    }

    /// <summary>Null when delivered, else why it was given up.</summary>
    private async Task<string?> Deliver(string body)
    {
        string problem = string.Empty;
        for (int attempt = 1; attempt <= _options.Attempts; attempt++)
        {
            if (attempt > 1)
            {
                await Task.Delay(_options.Backoff * Math.Pow(2, attempt - 2), _options.Clock, _stop.Token).ConfigureAwait(false);
            }

            (bool final, problem) = await Post(body).ConfigureAwait(false);
            if (problem.Length == 0)
            {
                return null;
            }

            if (final)
            {
                break;
            }
        }

        return $"an alert was given up: {problem}";
    }

    private async Task<(bool Final, string Problem)> Post(string body)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        timeout.CancelAfter(_options.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        try
        {
            foreach ((string name, string value) in _options.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
            int status = (int)answer.StatusCode;
            bool final = status is >= 300 and < 500 && answer.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
            return answer.IsSuccessStatusCode ? (true, string.Empty)
                : status is >= 300 and < 400 ? (true, FormattableString.Invariant($"the receiver answers {status} and wants it sent elsewhere, which is not done"))
                : (final, FormattableString.Invariant($"the receiver answers {status}"));
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return (false, FormattableString.Invariant($"the receiver did not answer within {_options.Timeout.TotalSeconds:0.#} s"));
        }
        catch (HttpRequestException e)
        {
            return (false, e.Message);
        }
    }
}
