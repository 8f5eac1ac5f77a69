namespace MlOps.Quantization.Benchmarking;

/// <summary>Which model a budget allows, or why none.</summary>
/// <param name="Budget">The limits.</param>
/// <param name="Best">The best model that keeps them; null if none does.</param>
/// <param name="Feasible">Names of all models that keep them.</param>
/// <param name="Misses">Every limit that a model breaks, model by model.</param>
public sealed record BudgetChoice(Budget Budget, ModelMeasurement? Best, IReadOnlyList<string> Feasible, IReadOnlyList<BudgetMiss> Misses)
{
    /// <summary>Returns for each limit that is broken the model that breaks it by the least: what to work on where none keeps the budget. Unmeasured values come last.</summary>
    public IReadOnlyList<BudgetMiss> Nearest() =>
        [.. Misses.GroupBy(miss => miss.Criterion).Select(group => group.MinBy(miss => miss.Value ?? double.PositiveInfinity)!)];

    /// <summary>Returns the choice in words, and where there is none the nearest misses.</summary>
    public override string ToString() => Best is not null
        ? $"{Best.Name} is the best that keeps {Budget}."
        : string.Join('\n', ["No model keeps " + Budget + ". Nearest:", .. Nearest().Select(miss => "  " + miss)]);
}
