namespace MlOps.Fairness.Cards;

/// <summary>What programs know of a model: its file, the run that trained it, the data, the report. All optional.</summary>
public sealed record ModelCardFacts
{
    /// <summary>Gets the model's name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets its version.</summary>
    public string? Version { get; init; }

    /// <summary>Gets the kind of model: <c>RandomForestModel</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Gets when it was trained, in a form a person reads: <c>2026-11-22</c>.</summary>
    public string? Date { get; init; }

    /// <summary>Gets a digest of the model's file, with the name of the method: <c>sha256:…</c>.</summary>
    public string? ModelHash { get; init; }

    /// <summary>Gets the run that trained it.</summary>
    public string? Run { get; init; }

    /// <summary>Gets what the model takes: names of columns.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Gets what the model returns: the label, its classes.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Gets the parameters of the training, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets measured values without groups, such as those of the run (<see cref="CardMetric.OfRun"/>).</summary>
    public IReadOnlyList<CardMetric> Metrics { get; init; } = [];

    /// <summary>Gets the data sets.</summary>
    public IReadOnlyList<CardData> Data { get; init; } = [];

    /// <summary>Gets what the model's decisions did to every group; null if that was not measured.</summary>
    public FairnessReport? Report { get; init; }
}
