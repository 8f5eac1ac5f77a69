namespace MlOps.Fairness.Proxies;

/// <summary>How well a feature gives the sensitive column away.</summary>
public enum ProxyLevel
{
    /// <summary>Not at all, or no more than chance would.</summary>
    None,

    /// <summary>A little: AUC from <see cref="ProxyOptions.WeakAuc"/> on.</summary>
    Weak,

    /// <summary>Clearly: AUC from <see cref="ProxyOptions.ModerateAuc"/> on.</summary>
    Moderate,

    /// <summary>It stands in for the column: AUC from <see cref="ProxyOptions.StrongAuc"/> on.</summary>
    Strong,
}
