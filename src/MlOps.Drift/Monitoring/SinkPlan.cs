namespace MlOps.Drift.Monitoring;

/// <summary>A place that a configuration sends alerts to.</summary>
/// <param name="Kind"><c>console</c>, <c>file</c>, <c>webhook</c>, <c>prometheus</c> or <c>otlp</c>.</param>
/// <param name="Target">The file or URL; empty for the console.</param>
/// <param name="Webhook">How a webhook sends.</param>
public sealed record SinkPlan(string Kind, string Target, WebhookOptions Webhook);
