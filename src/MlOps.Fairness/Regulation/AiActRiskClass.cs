namespace MlOps.Fairness.Regulation;

/// <summary>The risk classes of the AI Act.</summary>
public enum AiActRiskClass
{
    /// <summary>A needed answer is missing.</summary>
    Undetermined,

    /// <summary>No AI system, or a use that Art. 2 leaves out.</summary>
    OutOfScope,

    /// <summary>A practice of Art. 5: it may not be offered or used.</summary>
    Prohibited,

    /// <summary>High risk by Art. 6(1) with Annex I or Art. 6(2) with Annex III.</summary>
    High,

    /// <summary>Not high-risk, but Art. 50 wants transparency.</summary>
    Transparency,

    /// <summary>None of these. Literacy (Art. 4) is owed all the same.</summary>
    Minimal,
}
