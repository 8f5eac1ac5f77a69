namespace MlOps.Kernel.Tests.Installing;

/// <summary>A test that runs the launcher script, which Windows does not use.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute()
    {
        if (!File.Exists("/bin/sh"))
        {
            Skip = "needs /bin/sh";
        }
    }
}
