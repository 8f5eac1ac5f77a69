using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Regulation;

/// <summary>Check-lists of laws and frameworks that an AI system may fall under. None of them is legal advice.</summary>
/// <remarks>Every list gives the day whose state of the text it follows (<see cref="Checklist.AsOf"/>) and for each item the article, whose duty it is and from when it applies.
/// The day is when the lists were compared with published commentary on the texts in force, not a lawyer's certificate.</remarks>
public static class Regulations
{
    internal static readonly DateOnly AsOf = new(2026, 11, 22);

    /// <summary>Gets India's Digital Personal Data Protection Act, 2023, with the Rules of 2025: <c>dpdpa</c>.</summary>
    public static Checklist Dpdpa { get; } = DpdpActList.Create();

    /// <summary>Gets the EU's General Data Protection Regulation: <c>gdpr</c>.</summary>
    public static Checklist Gdpr { get; } = GdprList.Create();

    /// <summary>Gets the EU's AI Act as amended in 2026: <c>ai-act</c>. <see cref="AiActRisk.Classify"/> picks the items of one system.</summary>
    public static Checklist AiAct { get; } = AiActList.Create();

    /// <summary>Gets the functions of NIST's AI Risk Management Framework: <c>nist-ai-rmf</c>.</summary>
    public static Checklist NistAiRmf { get; } = FrameworkLists.Nist();

    /// <summary>Gets the practice of model risk management after SR 11-7, which SR 26-2 superseded in 2026: <c>sr-11-7</c>.</summary>
    public static Checklist ModelRisk { get; } = FrameworkLists.ModelRisk();

    /// <summary>Gets the seven principles of India's AI governance guidelines: <c>india-ai</c>.</summary>
    public static Checklist IndiaAi { get; } = FrameworkLists.IndiaAi();

    /// <summary>Gets all lists.</summary>
    public static IReadOnlyList<Checklist> All { get; } = [Dpdpa, Gdpr, AiAct, NistAiRmf, ModelRisk, IndiaAi];

    /// <summary>Finds a list by its name in commands.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public static Checklist Find(string kind) => All.FirstOrDefault(list => list.Kind == kind)
        ?? throw new ArgumentException($"There is no check-list '{kind}'. There are: {string.Join(", ", All.Select(list => list.Kind))}.", nameof(kind));
}
