namespace MlOps.Learning.Trees;

/// <summary>What boosting has learned.</summary>
/// <param name="Trees">One a round and output, the first round first.</param>
/// <param name="BaseValues">What the sums of the trees begin at, one an output.</param>
/// <param name="TrainingLoss">Mean loss before the first round and after every one.</param>
/// <param name="ValidationLoss">Likewise of the cases kept aside; empty without early stopping.</param>
internal sealed record BoostingFit(Tree[] Trees, double[] BaseValues, double[] TrainingLoss, double[] ValidationLoss);
