namespace MlOps.Tracking.Server;

/// <summary>How a <see cref="TrackingServer"/> listens, whom it lets in, and what it says.</summary>
public sealed record ServerOptions
{
    /// <summary>Gets the address to listen on: an IP address, <c>localhost</c>, or <c>*</c> for all. This machine only by default.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Gets the port, 0 to 65535; 0 takes a free one, which <see cref="TrackingServer.Address"/> then tells.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>Gets what a client must show, as <c>Authorization: Bearer TOKEN</c> or as the password of <c>Basic</c>; null asks for nothing.</summary>
    public string? Token { get; init; }

    /// <summary>Gets a value indicating whether every request that would change something is refused (403).</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Gets a value indicating whether to listen beyond this machine without a token. Whoever reaches the port may then read, change and delete everything.</summary>
    public bool AllowUnprotected { get; init; }

    /// <summary>Gets the names, besides this machine's own, that a request's <c>Host</c> may have when only this machine is listened to, such as that of a proxy before the server.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Gets a value indicating whether filters of all clients may use OR, NOT and parentheses. Otherwise they are refused, as MLflow's server does, unless a request has <c>extended_filters</c>.</summary>
    public bool ExtendedFilters { get; init; }

    /// <summary>
    /// Gets the most bytes of a JSON request. A batch at all of MLflow's limits, every character escaped, has 9 MB. Uploads of files have no limit.
    /// </summary>
    public long MaxRequestBytes { get; init; } = 16 << 20;

    /// <summary>Gets how long requests in flight may take when the server stops.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets who hears of failures that are the server's own, once each, those that nobody foresaw with their stack trace; null is nobody. Called from several threads.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Gets a value indicating whether <see cref="Log"/> also gets a line for every request.</summary>
    public bool LogRequests { get; init; }
}
