namespace MlOps.Fairness.Regulation;

/// <summary>The high-risk uses of Annex III of the AI Act, by point.</summary>
public enum AnnexIIIArea
{
    /// <summary>1(a) Remote biometric identification. Excluded: systems whose sole purpose is to verify that a person is who they claim to be.</summary>
    RemoteIdentification,

    /// <summary>1(b) Biometric categorisation by sensitive or protected attributes.</summary>
    BiometricCategorisation,

    /// <summary>1(c) Emotion recognition.</summary>
    EmotionRecognition,

    /// <summary>2 Safety components of critical digital infrastructure, road traffic, or the supply of water, gas, heating or electricity.</summary>
    CriticalInfrastructure,

    /// <summary>3(a) Access or admission to education, or assignment to institutions.</summary>
    EducationAccess,

    /// <summary>3(b) Evaluating learning outcomes.</summary>
    LearningOutcomes,

    /// <summary>3(c) Assessing the level of education a person will get.</summary>
    EducationLevel,

    /// <summary>3(d) Watching for prohibited behaviour during tests.</summary>
    ExamMonitoring,

    /// <summary>4(a) Recruiting or selecting people: targeted job advertisements, filtering applications, evaluating candidates.</summary>
    Recruitment,

    /// <summary>4(b) Terms of work, promotion, dismissal, allocating tasks by behaviour or traits, watching performance.</summary>
    WorkerManagement,

    /// <summary>5(a) Eligibility for essential public benefits and services, for or on behalf of public authorities.</summary>
    PublicBenefits,

    /// <summary>5(b) Creditworthiness or credit score of natural persons. Excluded: detecting financial fraud.</summary>
    CreditScoring,

    /// <summary>5(c) Risk and price of life and health insurance of natural persons.</summary>
    LifeAndHealthInsurance,

    /// <summary>5(d) Emergency calls, dispatch, triage of patients.</summary>
    EmergencyServices,

    /// <summary>6(a) Law enforcement: the risk of becoming a victim.</summary>
    VictimRisk,

    /// <summary>6(b) Law enforcement: polygraphs and similar tools.</summary>
    PolicePolygraph,

    /// <summary>6(c) Law enforcement: reliability of evidence.</summary>
    EvidenceReliability,

    /// <summary>6(d) Law enforcement: the risk of offending or re-offending, not from profiling alone; traits or past crimes of persons or groups.</summary>
    OffendingRisk,

    /// <summary>6(e) Law enforcement: profiling in detecting, investigating or prosecuting crime.</summary>
    PoliceProfiling,

    /// <summary>7(a) Migration, asylum, borders: polygraphs and similar tools.</summary>
    BorderPolygraph,

    /// <summary>7(b) Migration, asylum, borders: risks posed by a person who enters.</summary>
    MigrationRisk,

    /// <summary>7(c) Migration, asylum, borders: examining applications for asylum, visa or residence.</summary>
    AsylumApplications,

    /// <summary>7(d) Migration, asylum, borders: detecting, recognising or identifying people. Excluded: verifying travel documents.</summary>
    BorderIdentification,

    /// <summary>8(a) Helping judicial authorities to research and interpret facts and law and to apply it, or the like in alternative dispute resolution.</summary>
    Justice,

    /// <summary>8(b) Influencing elections, referenda or how people vote. Excluded: tools whose output people do not meet directly, such as for organising a campaign.</summary>
    Elections,
}
