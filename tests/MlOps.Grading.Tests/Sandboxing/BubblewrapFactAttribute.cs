namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>A test of what only the full sandbox isolates; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BubblewrapFactAttribute : FactAttribute
{
    public BubblewrapFactAttribute()
    {
        if (!Sandboxes.Best.IsFull)
        {
            Skip = string.Join(' ', Sandboxes.Best.NotIsolated);
        }
    }
}
