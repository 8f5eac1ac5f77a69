using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <summary>Where a server is, how to sign in, and how patient to be.</summary>
/// <param name="Base">The address that <c>api/2.0/…</c> follows; ends with a slash, has no user and no password.</param>
/// <param name="Authorization">The header of that name; null for none.</param>
/// <param name="Retries">How often a request that failed is sent again, at most.</param>
/// <param name="Timeout">How long one try may take; of an up- or download, how long nothing may move.</param>
/// <param name="AnyCertificate">Whether a certificate that nobody vouches for is accepted.</param>
/// <param name="Clock">What the pauses between tries are measured by.</param>
internal sealed record RestOptions(Uri Base, string? Authorization, int Retries, TimeSpan Timeout, bool AnyCertificate, TimeProvider Clock)
{
    internal const string UsernameVariable = "MLFLOW_TRACKING_USERNAME";
    internal const string PasswordVariable = "MLFLOW_TRACKING_PASSWORD";
    internal const string TokenVariable = "MLFLOW_TRACKING_TOKEN";
    internal const string RetriesVariable = "MLFLOW_HTTP_REQUEST_MAX_RETRIES";
    internal const string TimeoutVariable = "MLFLOW_HTTP_REQUEST_TIMEOUT";
    internal const string InsecureVariable = "MLFLOW_TRACKING_INSECURE_TLS";

    private const int DefaultRetries = 5;
    private const int MostRetries = 20;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(120); // MLflow's
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>Gets the address as people see it.</summary>
    public string Shown => Base.AbsoluteUri.TrimEnd('/');

    /// <summary>Gets a number from 0 to 1 for every pause, so that many clients do not come back at the same moment.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>Reads an address and what the environment adds to it.</summary>
    /// <remarks>To sign in: <see cref="StoreOptions.Token"/>, else user and password of the address, else those of the environment, else its token.</remarks>
    /// <exception cref="ArgumentException">The address is no server's.</exception>
    /// <exception cref="TrackingException">A variable of the environment is not understood.</exception>
    internal static RestOptions Of(string address, StoreOptions options, Func<string, string?> environment)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
        {
            throw new ArgumentException("The server's address is not understood; http://HOST:PORT or https://HOST/PATH is expected.", nameof(address)); // not shown: it may hold a password
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new ArgumentException($"The address of the server {uri.Host} has '?' or '#'; http://HOST:PORT or https://HOST/PATH is expected.", nameof(address));
        }

        var server = new UriBuilder(uri) { UserName = "", Password = "", Path = uri.AbsolutePath.TrimEnd('/') + "/" };
        return new RestOptions(
            server.Uri, AuthorizationOf(uri, options, environment), Whole(environment, RetriesVariable, MostRetries) ?? DefaultRetries, TimeoutOf(environment),
            environment(InsecureVariable) is { } insecure && (insecure == "1" || insecure.Equals("true", StringComparison.OrdinalIgnoreCase)), options.Clock);
    }

    private static string? AuthorizationOf(Uri uri, StoreOptions options, Func<string, string?> environment)
    {
        if (options.Token is { Length: > 0 } token)
        {
            return Bearer(token);
        }

        if (uri.UserInfo.Length > 0)
        {
            string[] parts = uri.UserInfo.Split(':', 2);
            return Basic(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        if (environment(UsernameVariable) is { Length: > 0 } user && environment(PasswordVariable) is { Length: > 0 } password)
        {
            return Basic(user, password);
        }

        return environment(TokenVariable) is { Length: > 0 } told ? Bearer(told) : null;
    }

    private static string Basic(string user, string password) =>
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))).ToString();

    private static string Bearer(string token) => token.All(c => c is > ' ' and < '\x7f')
        ? $"Bearer {token}"
        : throw TrackingLimits.Invalid("The token for the server has characters that no header may have: it must be printable ASCII without spaces.");

    private static TimeSpan TimeoutOf(Func<string, string?> environment) =>
        Whole(environment, TimeoutVariable, (int)s_longest.TotalSeconds) is not { } seconds ? s_timeout
        : seconds > 0 ? TimeSpan.FromSeconds(seconds)
        : throw TrackingLimits.Invalid($"{TimeoutVariable} is 0; a number of seconds above 0 is expected.");

    private static int? Whole(Func<string, string?> environment, string name, int most)
    {
        if (environment(name) is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= most
            ? value
            : throw TrackingLimits.Invalid(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; a whole number from 0 to {most} is expected."));
    }
}
