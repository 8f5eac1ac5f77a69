namespace MlOps.Bench;

/// <summary>One thing that was measured on both sides.</summary>
/// <param name="Benchmark">The benchmark's name, such as drift.</param>
/// <param name="What">What was done.</param>
/// <param name="Unit">Of both numbers: <c>s</c> and <c>MiB</c> are better small, <c>/s</c> is better large.</param>
/// <param name="Ours">Our number; null if it was not measured.</param>
/// <param name="Theirs">The peer's; null if it was not measured.</param>
/// <param name="Peer">The peer's name and version.</param>
/// <param name="Note">Why a number is missing.</param>
internal sealed record Ratio(string Benchmark, string What, string Unit, double? Ours, double? Theirs, string Peer, string? Note = null)
{
    /// <summary>Gets how many times better we are, above 1, or worse, below 1; null if a side is missing.</summary>
    internal double? Value => Unit == "/s" ? Ours / Theirs : Theirs / Ours;
}
