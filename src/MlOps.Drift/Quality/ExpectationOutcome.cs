namespace MlOps.Drift.Quality;

/// <summary>What came of an expectation.</summary>
public enum ExpectationOutcome
{
    /// <summary>It is met.</summary>
    Passed,

    /// <summary>It is not met.</summary>
    Failed,

    /// <summary>There was nothing to judge: no rows, no values, or a column whose absence or type is a finding of its own.</summary>
    NotEvaluated,
}
