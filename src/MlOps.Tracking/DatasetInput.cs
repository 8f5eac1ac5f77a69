namespace MlOps.Tracking;

/// <summary>A data set in the role that a run gave it.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Tags">Such as <c>mlflow.data.context</c> = <c>training</c>.</param>
public sealed record DatasetInput(Dataset Dataset, IReadOnlyList<Tag> Tags);
