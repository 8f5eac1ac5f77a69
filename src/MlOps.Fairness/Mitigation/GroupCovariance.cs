namespace MlOps.Fairness.Mitigation;

/// <summary>How a linear score goes with belonging to a group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Covariance">c_g, in log odds: the covariance of the score with the group's indicator. 0 if the group's mean score is that of all.</param>
/// <param name="MeanScore">The group's mean score, in log odds.</param>
public sealed record GroupCovariance(string Group, double Covariance, double MeanScore);
