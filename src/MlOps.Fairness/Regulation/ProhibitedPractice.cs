namespace MlOps.Fairness.Regulation;

/// <summary>The practices that Art. 5(1) of the AI Act prohibits, by their points.</summary>
public enum ProhibitedPractice
{
    /// <summary>(a) Subliminal, manipulative or deceptive techniques that distort behaviour and cause, or are likely to cause, significant harm.</summary>
    Manipulation,

    /// <summary>(b) Exploiting age, disability or a social or economic situation so that behaviour is distorted, with significant harm.</summary>
    ExploitingVulnerability,

    /// <summary>(ba) Realistic intimate or sexually explicit pictures, video or sound of an identifiable person without that person's explicit consent; from 2 December 2026.</summary>
    IntimateMaterial,

    /// <summary>(bb) Child sexual abuse material; from 2 December 2026.</summary>
    ChildAbuseMaterial,

    /// <summary>(c) Social scoring by anyone: a score of behaviour or personality over time that leads to bad treatment in an unrelated context or out of proportion.</summary>
    SocialScoring,

    /// <summary>(d) Predicting that a person will commit a crime from profiling or personality alone. Excepted: support of a human assessment that rests on objective, verifiable facts.</summary>
    CrimePrediction,

    /// <summary>(e) Building databases of faces by untargeted scraping from the internet or CCTV.</summary>
    FaceScraping,

    /// <summary>(f) Inferring emotions at work or in education. Excepted: medical or safety reasons.</summary>
    EmotionAtWorkOrSchool,

    /// <summary>(g) Biometric categorisation that infers race, opinions, union membership, religion or sex life. Excepted: labelling or filtering lawfully acquired biometric data.</summary>
    SensitiveCategorisation,

    /// <summary>(h) Real-time remote biometric identification in public for law enforcement. Excepted: the three objectives of the point, under the conditions of Art. 5(2)–(7).</summary>
    RealTimeIdentification,
}
