namespace MlOps.Fairness.Regulation;

/// <summary>The points of the articles as answer files write them, and what the exceptions of some are.</summary>
internal static class ArticlePoints
{
    internal static IReadOnlyList<(ProhibitedPractice Practice, string Point, string Text, string? Exception)> Practices { get; } =
    [
        (ProhibitedPractice.Manipulation, "a", "manipulation with significant harm", null),
        (ProhibitedPractice.ExploitingVulnerability, "b", "exploiting age, disability or a social or economic situation, with significant harm", null),
        (ProhibitedPractice.IntimateMaterial, "ba", "intimate material of an identifiable person without explicit consent (from 2 December 2026)", null),
        (ProhibitedPractice.ChildAbuseMaterial, "bb", "child sexual abuse material (from 2 December 2026)", null),
        (ProhibitedPractice.SocialScoring, "c", "social scoring, by anyone", null),
        (ProhibitedPractice.CrimePrediction, "d", "predicting crime from profiling or personality alone", "support of a human assessment that rests on objective, verifiable facts"),
        (ProhibitedPractice.FaceScraping, "e", "databases of faces from untargeted scraping", null),
        (ProhibitedPractice.EmotionAtWorkOrSchool, "f", "inferring emotions at work or in education", "medical or safety reasons"),
        (ProhibitedPractice.SensitiveCategorisation, "g", "biometric categorisation that infers race, opinions, union membership, religion or sex life", "labelling or filtering of lawfully acquired biometric data"),
        (ProhibitedPractice.RealTimeIdentification, "h", "real-time remote biometric identification in public for law enforcement", "the objectives of point (h) under the conditions of Art. 5(2)–(7)"),
    ];

    internal static IReadOnlyList<(AnnexIIIArea Area, string Point, string Text, string? Exclusion)> Areas { get; } =
    [
        (AnnexIIIArea.RemoteIdentification, "1a", "remote biometric identification", "its sole purpose is to verify a claimed identity"),
        (AnnexIIIArea.BiometricCategorisation, "1b", "biometric categorisation by sensitive attributes", null),
        (AnnexIIIArea.EmotionRecognition, "1c", "emotion recognition", null),
        (AnnexIIIArea.CriticalInfrastructure, "2", "safety components of critical infrastructure", null),
        (AnnexIIIArea.EducationAccess, "3a", "access or admission to education", null),
        (AnnexIIIArea.LearningOutcomes, "3b", "evaluating learning outcomes", null),
        (AnnexIIIArea.EducationLevel, "3c", "assessing the level of education a person will get", null),
        (AnnexIIIArea.ExamMonitoring, "3d", "watching for prohibited behaviour during tests", null),
        (AnnexIIIArea.Recruitment, "4a", "recruiting or selecting people", null),
        (AnnexIIIArea.WorkerManagement, "4b", "decisions on work, allocating tasks, watching performance", null),
        (AnnexIIIArea.PublicBenefits, "5a", "eligibility for essential public benefits and services", null),
        (AnnexIIIArea.CreditScoring, "5b", "creditworthiness or credit score of natural persons", "it detects financial fraud"),
        (AnnexIIIArea.LifeAndHealthInsurance, "5c", "risk and price of life and health insurance of natural persons", null),
        (AnnexIIIArea.EmergencyServices, "5d", "emergency calls, dispatch, triage", null),
        (AnnexIIIArea.VictimRisk, "6a", "law enforcement: risk of becoming a victim", null),
        (AnnexIIIArea.PolicePolygraph, "6b", "law enforcement: polygraphs", null),
        (AnnexIIIArea.EvidenceReliability, "6c", "law enforcement: reliability of evidence", null),
        (AnnexIIIArea.OffendingRisk, "6d", "law enforcement: risk of offending, not from profiling alone", null),
        (AnnexIIIArea.PoliceProfiling, "6e", "law enforcement: profiling", null),
        (AnnexIIIArea.BorderPolygraph, "7a", "migration and borders: polygraphs", null),
        (AnnexIIIArea.MigrationRisk, "7b", "migration and borders: risks posed by a person", null),
        (AnnexIIIArea.AsylumApplications, "7c", "migration and borders: applications for asylum, visa, residence", null),
        (AnnexIIIArea.BorderIdentification, "7d", "migration and borders: identifying people", "it verifies travel documents"),
        (AnnexIIIArea.Justice, "8a", "helping judicial authorities with facts and law", null),
        (AnnexIIIArea.Elections, "8b", "influencing elections or how people vote", "people do not meet its output directly"),
    ];

    internal static IReadOnlyList<(HighRiskExemption Condition, string Point, string Text)> Conditions { get; } =
    [
        (HighRiskExemption.NarrowProceduralTask, "a", "a narrow procedural task"),
        (HighRiskExemption.ImprovesHumanResult, "b", "improves the result of a completed human activity"),
        (HighRiskExemption.DetectsDeviations, "c", "detects deviations from decision patterns, with human review"),
        (HighRiskExemption.PreparatoryTask, "d", "prepares an assessment"),
    ];

    internal static IReadOnlyList<(TransparencyTrigger Trigger, string Point, string Text)> Triggers { get; } =
    [
        (TransparencyTrigger.Interaction, "interaction", "deals directly with people, not obviously AI, 50(1)"),
        (TransparencyTrigger.SyntheticContent, "synthetic", "generates audio, images, video or text, 50(2)"),
        (TransparencyTrigger.EmotionOrCategorisation, "emotion", "recognises emotions or categorises by biometrics, 50(3)"),
        (TransparencyTrigger.DeepFake, "deep-fake", "makes deep fakes, 50(4)"),
        (TransparencyTrigger.PublicInterestText, "public-text", "texts that inform the public, without human review, 50(4)"),
    ];

    /// <summary>Writes Annex III's points as the Act does: <c>5(b)</c>.</summary>
    internal static string AnnexIII(string point) => point.Length == 1 ? "Annex III point 2" : $"Annex III point {point[0]}({point[1]})";
}
