using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Sql;

/// <summary>The folder that an artifact address stands for.</summary>
internal static class ArtifactFolder
{
    private const string Proxied = "mlflow-artifacts:";

    /// <summary>Returns the folder of <c>mlflow-artifacts:/1/RUN/artifacts</c> under a root, of a <c>file:</c> address, or of a plain path.</summary>
    /// <exception cref="TrackingException">The address is of another kind, or leads out of the root.</exception>
    internal static string Of(string? address, string root)
    {
        if (string.IsNullOrEmpty(address))
        {
            throw TrackingLimits.Missing("artifact_uri");
        }

        if (address.StartsWith(Proxied, StringComparison.OrdinalIgnoreCase))
        {
            return UnderRoot(address, root);
        }

        if (address.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.IsFile && !uri.IsUnc
                ? uri.LocalPath
                : throw TrackingLimits.Invalid($"'{address}' names no folder of this machine. It looks like file:///data/artifacts.");
        }

        return address.Contains("://", StringComparison.Ordinal)
            ? throw TrackingLimits.Invalid($"Files at '{address}' cannot be reached from here: this store knows mlflow-artifacts:/, file: and plain paths. Give the experiment another artifact location, or use an MLflow server that reaches it.")
            : address;
    }

    private static string UnderRoot(string address, string root)
    {
        string path = address[Proxied.Length..];
        if (path.StartsWith("//", StringComparison.Ordinal)) // a server's name, which is ourselves: mlflow-artifacts://host:5000/1/RUN/artifacts
        {
            int end = path.IndexOf('/', 2);
            path = end < 0 ? "" : path[end..];
        }

        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.All(part => part is not ("." or "..") && part.AsSpan().IndexOfAny('\\', '\0') < 0)
            ? Path.Combine([root, .. parts])
            : throw TrackingLimits.Invalid($"Invalid artifact address '{address}': '.', '..' and backslashes cannot be in it.");
    }
}
