namespace MlOps.Fairness.Mitigation;

/// <summary>The losses before one step, in nats a row of the step.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="Predictor">The predictor's mean log loss.</param>
/// <param name="Adversary">The adversary's mean log loss on the group; 0 if no row of the step has a group.</param>
public sealed record AdversarialLoss(int Step, double Predictor, double Adversary);
