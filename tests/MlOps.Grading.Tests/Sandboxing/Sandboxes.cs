using MlOps.Grading.Sandboxing;

namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>The sandboxes of the tests, found once.</summary>
internal static class Sandboxes
{
    private static readonly Lazy<Sandbox> s_best = new(() => Sandbox.Detect());
    private static readonly Lazy<Sandbox> s_weaker = new(() => Sandbox.Detect(null, null, OperatingSystem.IsLinux() ? Isolation.Limits : Isolation.Plain));

    /// <summary>What this machine can do.</summary>
    internal static Sandbox Best => s_best.Value;

    /// <summary>What is left without bubblewrap.</summary>
    internal static Sandbox Weaker => s_weaker.Value;
}
