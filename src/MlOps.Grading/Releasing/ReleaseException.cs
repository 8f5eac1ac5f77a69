namespace MlOps.Grading.Releasing;

/// <summary>The student edition cannot be written, in words for the person who asked for it. The place it was meant for is as it was.</summary>
public sealed class ReleaseException : Exception
{
    /// <summary>Makes one.</summary>
    public ReleaseException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal ReleaseException(IReadOnlyList<Leak> leaks)
        : base($"The student edition would give things away, so it was not written:\n{string.Join('\n', leaks.Take(MostShown).Select(leak => $"  {leak}"))}"
            + (leaks.Count > MostShown ? $"\n  and {leaks.Count - MostShown} more" : "")) => Leaks = leaks;

    private const int MostShown = 20;

    /// <summary>Gets what the leak check found; empty if the release failed for another reason.</summary>
    public IReadOnlyList<Leak> Leaks { get; } = [];
}
