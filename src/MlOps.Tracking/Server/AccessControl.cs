using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MlOps.Tracking.Server;

/// <summary>Who may do what: the token, read-only mode, and what keeps other pages in the user's browser away from a server without a token.</summary>
internal sealed class AccessControl
{
    private readonly byte[]? _token;
    private readonly bool _readOnly;
    private readonly HashSet<string>? _hosts;

    internal AccessControl(ServerOptions options, bool thisMachineOnly)
    {
        if (options.Token is { } token && (token.Length == 0 || token.Any(letter => letter is <= ' ' or > '~')))
        {
            throw new ArgumentException("The token is empty or has a space, a line end or a character that is not ASCII in it; a header could not carry it.", nameof(options));
        }

        if (!thisMachineOnly && options.Token is null && !options.AllowUnprotected)
        {
            throw new ArgumentException(
                $"Listening on {options.Host} without a token would let everybody who reaches this machine read, change and delete all runs and models. Set a token, or say that it is meant (--insecure).", nameof(options));
        }

        _token = options.Token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(options.Token));
        _readOnly = options.ReadOnly;
        _hosts = thisMachineOnly ? new HashSet<string>(["localhost", "127.0.0.1", "[::1]", .. options.AllowedHosts], StringComparer.OrdinalIgnoreCase) : null;
    }

    /// <summary>Refuses a request that reached this machine under a foreign name: a page elsewhere whose name was made to point here (DNS rebinding).</summary>
    internal void CheckHost(HttpRequest request)
    {
        if (_hosts is not null && request.Host is { HasValue: true, Host: { } host } && !_hosts.Contains(host) && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            && !(IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address)))
        {
            throw new TrackingException(TrackingError.PermissionDenied, $"This server answers under the names of this machine only, not as '{host}'. A proxy's name can be allowed (--allow-host).");
        }
    }

    internal void CheckToken(HttpRequest request)
    {
        if (_token is not null && !(Shown(request) is { } shown && CryptographicOperations.FixedTimeEquals(_token, SHA256.HashData(Encoding.UTF8.GetBytes(shown)))))
        {
            throw new TrackingException(
                TrackingError.Unauthenticated,
                "This server asks for a token: set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME (anything) and MLFLOW_TRACKING_PASSWORD (the token).");
        }
    }

    internal void CheckWriting(HttpRequest request)
    {
        if (_readOnly)
        {
            throw new TrackingException(TrackingError.PermissionDenied, "This server is read-only.");
        }

        // A browser says where a request comes from; other clients say nothing.
        if (request.Headers.Origin is { Count: > 0 } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)))
        {
            throw new TrackingException(TrackingError.PermissionDenied, $"A page of '{origin}' may not change anything here.");
        }
    }

    /// <summary>The user of <c>Basic</c>; empty if there is none. It tells, it does not prove: the token is one for all.</summary>
    internal static string UserOf(HttpRequest request) => Basic(request) is { } pair ? pair.User : "";

    private static string? Shown(HttpRequest request) =>
        Credentials(request, "Bearer ") ?? (Basic(request) is { } pair ? pair.Password : null);

    private static (string User, string Password)? Basic(HttpRequest request)
    {
        if (Credentials(request, "Basic ") is not { } encoded)
        {
            return null;
        }

        byte[] bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out int count))
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(bytes, 0, count);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }

    private static string? Credentials(HttpRequest request, string scheme)
    {
        StringValues header = request.Headers.Authorization;
        return header is [{ } value] && value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? value[scheme.Length..].Trim() : null;
    }
}
