namespace MlOps.Data.Generators;

/// <summary>The made-up lender's rule, the same for all 18 months. It is unfair on purpose: pin cluster stands in for a community.</summary>
internal static class LenderRule
{
    private const long ScoreOfThinFile = 660;
    private const double LongestLoad = 0.62; // of monthly income, old and new instalments together

    /// <summary>Points: 1 for every 10 of the score above 600, less load, less a malus for gig work and for the clusters F to H.</summary>
    internal static bool Approves(LoanApplication application)
    {
        const double Needed = 2;
        double points = ((application.CreditScore ?? ScoreOfThinFile) - 600) / 10.0;
        points -= 12 * application.TotalLoad;
        points -= application.Employment == "gig" ? 2 : 0;
        points -= application.PinCluster is "F" or "G" or "H" ? 3 : 0;
        return points >= Needed && application.TotalLoad <= LongestLoad;
    }
}
