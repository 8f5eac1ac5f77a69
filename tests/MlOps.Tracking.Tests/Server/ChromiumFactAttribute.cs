namespace MlOps.Tracking.Tests.Server;

/// <summary>A test that opens pages in a real Chromium; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public ChromiumFactAttribute() => Skip = Browser is null ? "needs Chromium: none at /usr/bin/chromium; set CHROMIUM to its path" : null;

    internal static string? Browser =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : Array.Find(s_places, File.Exists);
}
