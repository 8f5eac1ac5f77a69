namespace MlOps.Learning.Trees;

/// <summary>What a boosted regression minimises, and so what it predicts of the distribution of the target.</summary>
public enum RegressionLoss
{
    /// <summary><c>(y − f)² / 2</c>: the mean.</summary>
    SquaredError,

    /// <summary><c>|y − f|</c>: the median.</summary>
    AbsoluteError,

    /// <summary>Pinball, <c>q·(y − f)</c> above f and <c>(1 − q)·(f − y)</c> below: the q-quantile.</summary>
    Quantile,

    /// <summary><c>exp(f) − y·f</c> with prediction <c>exp(f)</c>: the mean of counts; targets must be ≥ 0.</summary>
    Poisson,
}
