using System.Runtime.CompilerServices;

namespace MlOps.Kernel.Tests.Site;

/// <summary>A test that opens pages in a real Chromium with the real npm packages; skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public ChromiumFactAttribute()
    {
        Skip = Browser is null ? "needs Chromium: none at /usr/bin/chromium; set CHROMIUM to its path"
            : WebAssets is null ? "needs the npm packages of the site: run npm ci in eng/web"
            : null;
    }

    internal static string? Browser =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : Array.Find(s_places, File.Exists);

    internal static string? WebAssets => FindAbove(AppContext.BaseDirectory) ?? FindAbove(SourceFolder());

    private static string? FindAbove(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string packages = Path.Combine(folder, "eng", "web", "node_modules");
            if (Directory.Exists(packages))
            {
                return packages;
            }
        }

        return null;
    }

    /// <summary>Where build output lies outside the repository, the place of this file leads to it.</summary>
    private static string? SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file);
}
