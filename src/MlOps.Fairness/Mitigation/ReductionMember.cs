namespace MlOps.Fairness.Mitigation;

/// <summary>One classifier of a randomised one.</summary>
/// <typeparam name="TModel">The learner's models.</typeparam>
/// <param name="Model">The model; null for a constant, where the learner had been given one class only.</param>
/// <param name="Constant">The constant decision; null for a model.</param>
/// <param name="Weight">How often it decides, in (0, 1]; the weights of all sum to 1.</param>
/// <param name="Error">Its share of wrong decisions on the training rows.</param>
/// <param name="Violation">How far its rates are from equality on the training rows: the largest distance of a group from all rows.</param>
public sealed record ReductionMember<TModel>(TModel? Model, bool? Constant, double Weight, double Error, double Violation);
