using MlOps.Tracking.Tests.Server;

namespace MlOps.Cli.Tests.Site;

/// <summary>A test that opens the course's site in a real Chromium, perhaps with axe-core; skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SiteFactAttribute : FactAttribute
{
    public SiteFactAttribute()
    {
        Skip = ChromiumFactAttribute.Browser is null ? "needs Chromium: none at /usr/bin/chromium; set CHROMIUM to its path"
            : !Directory.Exists(SiteUnderTest.WebAssets) ? "needs the web libraries: ./mlops setup"
            : !File.Exists(SiteUnderTest.AxeFile) ? "needs axe-core: npm ci in tests/MlOps.Course.Tests/Tools"
            : null;
    }
}
