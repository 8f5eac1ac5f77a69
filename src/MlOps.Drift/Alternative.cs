namespace MlOps.Drift;

/// <summary>Which departures from "no difference" a test looks for.</summary>
public enum Alternative
{
    /// <summary>Any difference, in either direction.</summary>
    TwoSided,

    /// <summary>What is measured is less for the reference than for the current sample; each test says what it measures.</summary>
    Less,

    /// <summary>What is measured is greater for the reference than for the current sample; each test says what it measures.</summary>
    Greater,
}
