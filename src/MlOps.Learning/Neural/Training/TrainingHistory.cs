using System.Globalization;
using MlOps.Charts;
using MlOps.Data;

namespace MlOps.Learning.Neural;

/// <summary>How training went, epoch by epoch.</summary>
/// <param name="Epochs">At least one.</param>
/// <param name="StoppedEarly">Whether the validation loss ended it before the last epoch.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochRecord> Epochs, bool StoppedEarly)
{
    /// <summary>Gets the epoch with the lowest validation loss (training loss without validation data); the first of equals.</summary>
    public EpochRecord Best => Epochs.MinBy(epoch => epoch.Judged)!;

    /// <summary>Draws the losses over the epochs and marks the best.</summary>
    public Figure Chart()
    {
        int[] numbers = [.. Epochs.Select(epoch => epoch.Epoch)];
        bool validated = Epochs[0].ValidationLoss is not null;
        Figure figure = Charts.Chart.Line(numbers, Epochs.Select(epoch => epoch.Loss).ToArray(), "training", Role.Reference);
        if (validated)
        {
            figure = figure.Add(Charts.Chart.Line(numbers, Epochs.Select(epoch => epoch.ValidationLoss!.Value).ToArray(), "validation", Role.Current));
        }

        string kind = validated ? "validation" : "training";
        string title = string.Create(CultureInfo.InvariantCulture, $"Lowest {kind} loss {Best.Judged:0.####} in epoch {Best.Epoch}");
        return figure
            .Titled(title, string.Create(CultureInfo.InvariantCulture, $"{Epochs.Count} epochs{(StoppedEarly ? ", stopped early" : "")}"))
            .XAxis("epoch").YAxis("loss")
            .VerticalThreshold(Best.Epoch, "best epoch", Role.Neutral);
    }

    /// <summary>A row an epoch. Columns that do not apply hold missing values.</summary>
    public Table ToTable() => new(
        Column.Of("epoch", Epochs.Select(epoch => (long)epoch.Epoch).ToArray()),
        Column.Of("learning rate", Epochs.Select(epoch => epoch.LearningRate).ToArray()),
        Column.Of("loss", Epochs.Select(epoch => epoch.Loss).ToArray()),
        Column.Of("accuracy", Epochs.Select(epoch => epoch.Accuracy ?? double.NaN).ToArray()),
        Column.Of("validation loss", Epochs.Select(epoch => epoch.ValidationLoss ?? double.NaN).ToArray()),
        Column.Of("validation accuracy", Epochs.Select(epoch => epoch.ValidationAccuracy ?? double.NaN).ToArray()),
        Column.Of("seconds", Epochs.Select(epoch => epoch.Seconds).ToArray()));
}
