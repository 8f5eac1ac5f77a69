using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>Refuses paths and addresses from requests that try to lead elsewhere, however often they were percent-encoded.</summary>
/// <remarks>The store looks at every path again, at links too; this is the door, and it tells the client in MLflow's way (400).</remarks>
internal static class SafePath
{
    private const int MostLayers = 8; // of percent-encoding; more is no name but an attack

    /// <summary>Returns a relative path with <c>/</c> as it is, without a slash at its end.</summary>
    internal static string Checked(string path)
    {
        ForEachLayer(path, layer =>
        {
            if (layer.StartsWith('/') || layer.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || (layer.Length > 1 && layer[1] == ':' && char.IsAsciiLetter(layer[0])))
            {
                throw Invalid(path, "it must be relative");
            }

            if (layer.Contains('\\', StringComparison.Ordinal))
            {
                throw Invalid(path, "it has a backslash");
            }

            if (layer.Contains("//", StringComparison.Ordinal))
            {
                throw Invalid(path, "it has an empty name");
            }

            CheckParts(layer, path);
        });
        return path.EndsWith('/') ? path[..^1] : path;
    }

    /// <summary>Returns an address as it is if no <c>..</c> is in it.</summary>
    internal static string CheckedAddress(string address, string parameter)
    {
        ForEachLayer(address, layer => CheckParts(layer.Replace('\\', '/'), address, $" for parameter '{parameter}'"));
        return address;
    }

    /// <summary>Whether a source is a word, neither an address nor a path from the root.</summary>
    internal static bool IsPlainName(string source) => source.AsSpan().IndexOfAny("/\\:%") < 0;

    private static void CheckParts(string layer, string shown, string where = "")
    {
        if (layer.Any(char.IsControl))
        {
            throw Invalid(shown, "it has a control character", where);
        }

        foreach (Range part in layer.AsSpan().Split('/'))
        {
            if (layer.AsSpan()[part] is "." or "..")
            {
                throw Invalid(shown, "'.' and '..' are not allowed", where);
            }
        }
    }

    private static void ForEachLayer(string text, Action<string> check)
    {
        string layer = text;
        for (int i = 0; i < MostLayers; i++)
        {
            check(layer);
            string inner = Uri.UnescapeDataString(layer);
            if (inner == layer)
            {
                return;
            }

            layer = inner;
        }

        throw Invalid(text, "it is percent-encoded again and again");
    }

    private static TrackingException Invalid(string shown, string fault, string where = "") =>
        TrackingLimits.Invalid($"Invalid path{where}: '{new string([.. shown.Take(100).Select(letter => char.IsControl(letter) ? '?' : letter)])}': {fault}.");
}
