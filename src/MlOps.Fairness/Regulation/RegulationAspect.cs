namespace MlOps.Fairness.Regulation;

/// <summary>One aspect of three laws.</summary>
/// <param name="Aspect">The aspect.</param>
/// <param name="Dpdpa">India's DPDP Act.</param>
/// <param name="Gdpr">The GDPR.</param>
/// <param name="AiAct">The AI Act.</param>
public sealed record RegulationAspect(string Aspect, string Dpdpa, string Gdpr, string AiAct);
