namespace MlOps.Data.Generators;

/// <summary>The chance that a loan is not repaid. Neither gender, community nor pin cluster is in it.</summary>
internal static class RepaymentRisk
{
    private const double LoadBefore = 1.5;
    private const double LoadAfter = 9.0; // month 14 on: the same instalments weigh six times as much

    internal static double Of(LoanApplication application, bool afterConceptShift)
    {
        double logit = -2.55;
        logit -= 0.008 * ((application.CreditScore ?? 690) - 700);
        logit += 1.6 * (application.TotalLoad - application.ExistingLoad);
        logit += (afterConceptShift ? LoadAfter : LoadBefore) * application.ExistingLoad;
        logit += application.Employment switch { "gig" => 0.35, "self-employed" => 0.15, "government" => -0.4, _ => 0 };
        logit += application.Age < 25 ? 0.2 : 0;
        logit += application.Purpose == "business" ? 0.25 : 0;
        return PortableMath.Logistic(logit);
    }
}
