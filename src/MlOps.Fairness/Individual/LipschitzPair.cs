namespace MlOps.Fairness.Individual;

/// <summary>Two people who are alike and are not treated alike.</summary>
/// <param name="First">A row, counted from 0.</param>
/// <param name="Second">A later row.</param>
/// <param name="Distance">d(a, b), how unlike they are.</param>
/// <param name="ScoreGap">|f(a) − f(b)|, how differently they are treated.</param>
/// <param name="Excess"><c>|f(a) − f(b)| − L · d(a, b)</c>, &gt; 0: by how much too differently.</param>
public sealed record LipschitzPair(int First, int Second, double Distance, double ScoreGap, double Excess);
