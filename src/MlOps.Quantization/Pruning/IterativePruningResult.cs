using System.Globalization;
using MlOps.Charts;
using MlOps.Data;

namespace MlOps.Quantization.Pruning;

/// <summary>A network that was pruned in rounds, and what each round cost.</summary>
/// <param name="Pruned">The network after the last round.</param>
/// <param name="Rounds">Round 0, before any pruning, and every round since.</param>
/// <param name="IsValidated">Whether losses and accuracies are those of validation data.</param>
public sealed record IterativePruningResult(PrunedNetwork Pruned, IReadOnlyList<PruningRound> Rounds, bool IsValidated)
{
    /// <summary>A row a round. Accuracies are missing where the loss is not about classes.</summary>
    public Table ToTable() => new(
        Column.Of("round", Rounds.Select(round => (long)round.Round).ToArray()),
        Column.Of("sparsity", Rounds.Select(round => round.Sparsity).ToArray()),
        Column.Of("loss pruned", Rounds.Select(round => round.LossPruned).ToArray()),
        Column.Of("loss", Rounds.Select(round => round.Loss).ToArray()),
        Column.Of("accuracy pruned", Rounds.Select(round => round.AccuracyPruned ?? double.NaN).ToArray()),
        Column.Of("accuracy", Rounds.Select(round => round.Accuracy ?? double.NaN).ToArray()));

    /// <summary>Draws accuracy (loss, where there is none) over the share of zeros: right after each pruning and after training.</summary>
    public Figure Chart()
    {
        bool classes = Rounds[0].Accuracy is not null;
        double[] zeros = [.. Rounds.Select(round => 100 * round.Sparsity)];
        double[] pruned = [.. Rounds.Select(round => classes ? 100 * round.AccuracyPruned!.Value : round.LossPruned)];
        double[] trained = [.. Rounds.Select(round => classes ? 100 * round.Accuracy!.Value : round.Loss)];
        string unit = classes ? " %" : "";
        string title = string.Create(CultureInfo.InvariantCulture, $"{(classes ? "Accuracy" : "Loss")} {trained[0]:0.##}{unit} before pruning, {trained[^1]:0.##}{unit} with {zeros[^1]:0.#} % zeros");
        return Charts.Chart.Line(zeros, trained, "after training", Role.Current)
            .Add(Charts.Chart.Line(zeros, pruned, "right after pruning", Role.Reference))
            .Titled(title, string.Create(CultureInfo.InvariantCulture, $"{Rounds.Count - 1} rounds, {(IsValidated ? "validation" : "training")} data"))
            .XAxis("weights that are 0, in %").YAxis(classes ? "accuracy in %" : "loss");
    }

    /// <summary>Writes the table of rounds.</summary>
    public override string ToString() => ToTable().ToString();

    /// <summary>Returns how a notebook shows it: the table of rounds.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ToTable().ToMimeBundle();
}
