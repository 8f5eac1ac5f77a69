using MlOps.Data;
using MlOps.Learning;

namespace MlOps.Onnx;

/// <summary>What an exported file says about its model, and how the export is checked.</summary>
public sealed record ExportOptions
{
    /// <summary>Gets a text for people; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>Gets other names for a classifier's classes, one each; null keeps those it was fitted with.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Gets the class that precision and recall are about, where there are two; null for none.</summary>
    public string? PositiveClass { get; init; }

    /// <summary>Gets the hyper-parameters the model was trained with, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the fingerprint of the training data (<see cref="Onnx.TrainingDataHash.Of"/>); null for none.</summary>
    public string? TrainingDataHash { get; init; }

    /// <summary>Gets rows that ONNX Runtime and the C# model both predict before the export counts as done; null for no such check.</summary>
    public Matrix? Verify { get; init; }

    /// <summary>Gets the same as a table, which a pipeline needs; of a model without one, the columns that are called as its features.</summary>
    public Table? VerifyTable { get; init; }

    /// <summary>Gets the difference on these rows that is tolerated, ≥ 0: absolute for numbers up to 1, relative for larger ones. Default: 1e-5.</summary>
    public double Tolerance { get; init; } = 1e-5;
}
