using System.Text;

namespace MlOps.Tracking.Rest;

/// <summary>One request, which may be sent several times.</summary>
/// <param name="Method">GET, POST, PATCH, PUT or DELETE.</param>
/// <param name="Path">From the server's address, without a slash in front.</param>
/// <param name="Body">What it carries; null for nothing.</param>
internal sealed record RestRequest(HttpMethod Method, string Path, JsonBody? Body = null)
{
    /// <summary>The start of the paths of MLflow's tracking and registry.</summary>
    internal const string Api = "api/2.0/mlflow/";

    /// <summary>Gets the question whether a request that was sent, but not answered, has been carried out; asked before it is sent again. Null: sending it twice does no harm.</summary>
    public Func<bool>? Happened { get; init; }

    /// <summary>Gets a value indicating whether it is sent again only if the server has surely not seen it.</summary>
    public bool AtMostOnce { get; init; }

    /// <summary>Gets a value indicating whether HTTP 500 is an answer like any other: MLflow's for a file that is not there.</summary>
    public bool TakesInternalErrors { get; init; }

    /// <summary>Gets what makes the content of an upload, which tells every progress to the clock it is given.</summary>
    public Func<CancellationTokenSource, HttpContent>? Upload { get; init; }

    /// <summary>Gets a value indicating whether the answer is read piece by piece instead of being fetched whole.</summary>
    public bool Streams { get; init; }

    /// <summary>Makes a path with a query; what is null is left out.</summary>
    internal static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var text = new StringBuilder(path);
        char separator = '?';
        foreach ((string name, string? value) in fields)
        {
            if (value is not null)
            {
                text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return text.ToString();
    }
}
