using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Regulation;

/// <summary>Which systems an item of the AI Act is for.</summary>
internal enum AiActScope
{
    Every,
    Exempted,
    High,
    HighAnnexIII,
    Interaction,
    Synthetic,
    EmotionOrCategorisation,
    DeepFakeOrText,
    GeneralPurpose,
    SystemicRisk,
}

/// <summary>An item of the AI Act with the systems it is for.</summary>
internal sealed record AiActDuty(AiActScope Scope, ChecklistItem Item);
