namespace MlOps.Tracking;

/// <summary>A note on an experiment, a run, a model or a version. The last one set is the one that counts.</summary>
/// <param name="Key">The tag's name. MLflow's own start with <c>mlflow.</c>.</param>
/// <param name="Value">Its text.</param>
public readonly record struct Tag(string Key, string Value);
