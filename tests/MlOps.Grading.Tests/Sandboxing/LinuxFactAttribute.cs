namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>A test of what limits and the filter of system calls do; skipped elsewhere than on Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Only Linux has these limits.";
        }
    }
}
