namespace MlOps.Grading.Running;

/// <summary>How a class is graded.</summary>
public sealed record GradeOptions
{
    /// <summary>Gets the weeks to grade; null for every week that somebody handed in a file for.</summary>
    public IReadOnlyList<int>? Weeks { get; init; }

    /// <summary>Gets how many submissions are graded at the same time.</summary>
    /// <value>Default: one for each core. At least 1.</value>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Gets which part of the class this run grades, counted from 1.</summary>
    public int Shard { get; init; } = 1;

    /// <summary>Gets into how many parts the class is divided, for several machines that share one output folder.</summary>
    public int Shards { get; init; } = 1;
}
