using MlOps.Kernel.Editing;

namespace MlOps.Kernel.Tests.Editing;

/// <summary>A test that reads the framework's documentation; skipped where only the .NET runtime is installed, not the SDK.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReferencePackFactAttribute : FactAttribute
{
    public ReferencePackFactAttribute()
    {
        if (DocumentationFiles.PackFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!).Length == 0)
        {
            Skip = "needs the SDK's Microsoft.NETCore.App.Ref pack for this version of .NET";
        }
    }
}
