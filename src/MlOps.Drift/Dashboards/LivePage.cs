using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Dashboards;

/// <summary>Serves a monitor's page on this machine and keeps it fresh in the browser.</summary>
/// <remarks>
/// <c>/</c> the page, <c>/part</c> what changes of it, <c>/metrics</c> for Prometheus, <c>/health</c> <c>ok</c>. Only GET and HEAD. It listens on the
/// loopback interface, so other machines cannot reach it; requests under another host name are refused, so that a page elsewhere cannot read it.
/// Thread-safe.
/// </remarks>
public sealed class LivePage : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ModelMonitor _monitor;
    private readonly TimeSpan _refresh;
    private readonly Task _serving;

    private LivePage(ModelMonitor monitor, int port, TimeSpan refresh)
    {
        (_monitor, _refresh) = (monitor, refresh);
        Address = new Uri(FormattableString.Invariant($"http://localhost:{port}/"));
        _listener.Prefixes.Add(Address.ToString());
        _listener.Prefixes.Add(FormattableString.Invariant($"http://127.0.0.1:{port}/"));
        _listener.Start();
        _serving = Task.Run(Serve);
    }

    /// <summary>Gets the page's address.</summary>
    public Uri Address { get; }

    /// <summary>Starts to serve.</summary>
    /// <param name="monitor">The monitor; it may go on working.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="refresh">How often an open page asks for news; every 2 seconds if null. At least 0.1 s.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is not one, or <paramref name="refresh"/> is too short.</exception>
    public static LivePage Start(ModelMonitor monitor, int port = 0, TimeSpan? refresh = null)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        TimeSpan pause = refresh ?? TimeSpan.FromSeconds(2);
        ArgumentOutOfRangeException.ThrowIfLessThan(pause, TimeSpan.FromSeconds(0.1), nameof(refresh));
        int chosen = port == 0 ? FreePort() : port;
        try
        {
            return new LivePage(monitor, chosen, pause);
        }
        catch (HttpListenerException e)
        {
            throw new IOException($"Port {chosen.ToString(CultureInfo.InvariantCulture)} cannot be used ({e.Message}); choose another, or 0 for a free one.", e);
        }
    }

    /// <summary>Stops serving.</summary>
    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // closed
            }

            try
            {
                Answer(context);
            }
            catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
            {
                // The browser has gone; the next one is served.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        (int status, string type, string text) = context.Request.HttpMethod is not ("GET" or "HEAD")
            ? (405, "text/plain; charset=utf-8", "Only GET and HEAD are answered.\n")
            : Content(context.Request.Url?.AbsolutePath ?? "/");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        HttpListenerResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'";
        response.ContentLength64 = bytes.Length;
        if (context.Request.HttpMethod != "HEAD")
        {
            response.OutputStream.Write(bytes);
        }

        response.Close();
    }

    private (int Status, string Type, string Text) Content(string path)
    {
        const string Html = "text/html; charset=utf-8";
        try
        {
            return path switch
            {
                "/" => (200, Html, PageFrame.Write(_monitor.Name, Body(), Script())),
                "/part" => (200, Html, Body()),
                "/metrics" => (200, PrometheusText.ContentType, PrometheusText.Of(_monitor.Snapshot())),
                "/health" => (200, "text/plain; charset=utf-8", "ok\n"),
                _ => (404, "text/plain; charset=utf-8", "There is / and /metrics.\n"),
            };
        }
        catch (MonitorStoreException e)
        {
            return (503, "text/plain; charset=utf-8", e.Message + "\n"); // such as a locked store: the page says so and asks again
        }
    }

    private string Body() => MonitorPage.Body(_monitor.History(), _monitor.Snapshot().Open);

    private string Script() => $$"""
        <script>
        const page = document.getElementById('page'), fresh = document.getElementById('fresh');
        let shown = '';
        async function follow() {
          try {
            const answer = await fetch('/part');
            const text = await answer.text();
            if (!answer.ok) throw new Error(text);
            const open = [...page.querySelectorAll('details')].map(d => d.open);
            if (text !== shown) {
              page.innerHTML = shown = text;
              page.querySelectorAll('details').forEach((d, i) => d.open = open[i] ?? false);
            }
            fresh.textContent = 'Last looked at ' + new Date().toISOString().slice(11, 19) + '.';
          } catch (problem) {
            fresh.textContent = 'The monitor does not answer: ' + problem.message;
          }
        }
        setInterval(follow, {{((int)_refresh.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)}});
        </script>
        """;
}
