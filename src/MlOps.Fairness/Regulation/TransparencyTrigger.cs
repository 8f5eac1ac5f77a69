namespace MlOps.Fairness.Regulation;

/// <summary>What makes Art. 50 of the AI Act apply.</summary>
public enum TransparencyTrigger
{
    /// <summary>50(1) It interacts directly with people, and that it is AI is not obvious.</summary>
    Interaction,

    /// <summary>50(2) It generates synthetic audio, images, video or text.</summary>
    SyntheticContent,

    /// <summary>50(3) It recognises emotions or categorises people by biometrics.</summary>
    EmotionOrCategorisation,

    /// <summary>50(4) It makes deep fakes.</summary>
    DeepFake,

    /// <summary>50(4) It makes texts published to inform the public on matters of public interest, without human review.</summary>
    PublicInterestText,
}
