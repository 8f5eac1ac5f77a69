namespace MlOps.Fairness.Privacy;

/// <summary>One round of federated averaging.</summary>
/// <param name="Number">1, 2, …</param>
/// <param name="Clients">Who trained.</param>
/// <param name="Failed">Who was asked and gave nothing usable, with the reason; they are left out of the mean.</param>
/// <param name="MeanStep">Euclidean length of the step the shared parameters made.</param>
/// <param name="Score">What the evaluation said of the new parameters; null without one.</param>
public sealed record FederatedRound(int Number, IReadOnlyList<string> Clients, IReadOnlyList<(string Client, string Reason)> Failed, double MeanStep, double? Score);
