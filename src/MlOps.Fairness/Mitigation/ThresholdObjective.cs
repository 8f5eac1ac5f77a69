namespace MlOps.Fairness.Mitigation;

/// <summary>What thresholds make as large as the constraint allows.</summary>
public enum ThresholdObjective
{
    /// <summary>The share of right decisions.</summary>
    Accuracy,

    /// <summary>½ TPR + ½ TNR. Under one equal rate the mean of the groups' values, weighted by their size; under equalised odds that of all rows together.</summary>
    BalancedAccuracy,
}
