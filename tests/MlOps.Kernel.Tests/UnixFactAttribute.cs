namespace MlOps.Kernel.Tests;

/// <summary>A test that needs a Unix shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    internal const string Reason = "There is no /bin/sh on this system.";

    public UnixFactAttribute() => Skip = File.Exists("/bin/sh") ? null : Reason;
}

/// <summary>A table of tests that need a Unix shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = File.Exists("/bin/sh") ? null : UnixFactAttribute.Reason;
}
