namespace MlOps.Explain.Shapley;

/// <summary>The scale on which contributions add up.</summary>
public enum OutputLink
{
    /// <summary>The model's own number.</summary>
    Identity,

    /// <summary><c>ln(p / (1 − p))</c> of the mean prediction p of a coalition; every mean must lie strictly between 0 and 1.</summary>
    Logit,
}
