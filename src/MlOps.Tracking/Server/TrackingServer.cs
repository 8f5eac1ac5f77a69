using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>A tracking server: MLflow's REST API 2.0, the files of runs, and a web page, over any store.</summary>
/// <remarks>
/// Python's <c>mlflow</c>, <c>TrackingStore.Open("http://…")</c> and a browser are its clients. A request is answered after the store has it, so what was
/// acknowledged survives the death of this process. Thread-safe.
/// <para>Source: the REST API of MLflow 2.17 to 3.11 (mlflow.org, "REST API"; <c>service.proto</c>, <c>model_registry.proto</c>, <c>mlflow_artifacts.proto</c>).</para>
/// </remarks>
public sealed class TrackingServer : IDisposable, IAsyncDisposable
{
    private const int HeaderBytes = 32 * 1024; // a search by GET carries its filter in the request line
    private static readonly TimeSpan s_headerTime = TimeSpan.FromSeconds(10); // a client that sends its headers slower is none

    private readonly WebApplication _app;

    private TrackingServer(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Gets the address that clients use, such as <c>http://127.0.0.1:5000/</c>, with the port in fact taken.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server and returns when it listens.</summary>
    /// <param name="store">What it serves. It stays the caller's: dispose of it after the server.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The host is no address; or it is beyond this machine and there is neither a token nor <see cref="ServerOptions.AllowUnprotected"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port or <see cref="ServerOptions.MaxRequestBytes"/> is out of range.</exception>
    /// <exception cref="IOException">The port is taken, or the address is not this machine's.</exception>
    public static TrackingServer Start(ITrackingStore store, ServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= new ServerOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Port, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, IPEndPoint.MaxPort, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxRequestBytes, nameof(options));
        IPAddress host = HostOf(options.Host);
        var access = new AccessControl(options, IPAddress.IsLoopback(host));

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
            kestrel.Limits.MaxRequestLineSize = HeaderBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * HeaderBytes;
            kestrel.Limits.RequestHeadersTimeout = s_headerTime;
            if (host.Equals(IPAddress.IPv6Any))
            {
                kestrel.ListenAnyIP(options.Port, Http1); // goes back to IPv4 where there is no IPv6
            }
            else
            {
                kestrel.Listen(host, options.Port, Http1);
            }
        });
        builder.Services.Configure<HostOptions>(hosting => hosting.ShutdownTimeout = options.ShutdownTimeout);
        WebApplication app = builder.Build();
        app.Run(new Dispatcher(store, options, access).HandleAsync);
        try
        {
            app.StartAsync().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            ((IDisposable)app).Dispose();
            throw new IOException($"Cannot listen on {options.Host}:{options.Port}: {(e.InnerException ?? e).Message}. Another server may have the port; choose another one.", e);
        }

        string told = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new TrackingServer(app, new Uri(told));
    }

    /// <summary>Stops: takes no more requests, finishes those in flight (at most <see cref="ServerOptions.ShutdownTimeout"/>), and returns.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    /// <summary>Stops as <see cref="StopAsync"/> does.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Stops as <see cref="StopAsync"/> does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static void Http1(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;

    private static IPAddress HostOf(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" => IPAddress.IPv6Any,
        _ => IPAddress.TryParse(host, out IPAddress? address)
            ? address
            : throw new ArgumentException($"'{host}' is no address to listen on. Give an IP address of this machine, 'localhost', or '*' for all.", nameof(host)),
    };
}
