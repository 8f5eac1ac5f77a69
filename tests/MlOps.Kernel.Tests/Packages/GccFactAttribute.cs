using System.Runtime.InteropServices;

namespace MlOps.Kernel.Tests.Packages;

/// <summary>A test that needs a native library built on the spot; skipped where there is no C compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GccFactAttribute : FactAttribute
{
    public GccFactAttribute()
    {
        if (!File.Exists(PackageFeed.Gcc) || RuntimeInformation.RuntimeIdentifier != "linux-x64")
        {
            Skip = "needs gcc on linux-x64: apt-get install -y gcc";
        }
    }
}
