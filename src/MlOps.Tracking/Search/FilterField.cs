namespace MlOps.Tracking.Search;

/// <summary>A field of a filter or of an order.</summary>
/// <param name="Kind">Where it is found.</param>
/// <param name="Key">The metric's, parameter's or tag's key, or the canonical name of the attribute: <c>run_id</c>, <c>run_name</c>, <c>user_id</c>, <c>status</c>, <c>artifact_uri</c>,
/// <c>start_time</c>, <c>end_time</c>; <c>name</c>, <c>creation_time</c>, <c>last_update_time</c>; <c>run_id</c>, <c>source_path</c>, <c>version_number</c>; <c>digest</c>, <c>context</c>.</param>
internal readonly record struct FilterField(FieldKind Kind, string Key);
