namespace MlOps.Fairness.Regulation;

/// <summary>The conditions of Art. 6(3) of the AI Act: one of them must hold for an Annex III system not to be high-risk. It must also pose no significant risk, and never profile people.</summary>
public enum HighRiskExemption
{
    /// <summary>(a) It performs a narrow procedural task.</summary>
    NarrowProceduralTask,

    /// <summary>(b) It improves the result of a human activity that is completed.</summary>
    ImprovesHumanResult,

    /// <summary>(c) It detects patterns of decisions or deviations from them, and does not replace or influence a completed human assessment without proper human review.</summary>
    DetectsDeviations,

    /// <summary>(d) It prepares an assessment.</summary>
    PreparatoryTask,
}
