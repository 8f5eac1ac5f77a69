using MlOps.Tracking.Capture;

namespace MlOps.Tracking.Registry;

/// <summary>The tags that tell where a run, and a version made by it, come from.</summary>
internal static class LineageTags
{
    internal const string Source = "mlflow.source.name";
    internal const string User = "mlflow.user";

    /// <summary>On a version only: the run's data sets as <c>name@digest</c>, with <c>, </c> between them.</summary>
    internal const string Data = "mlops.data";

    private static readonly string[] s_copied = [CodeVersion.CommitKey, CodeVersion.BranchKey, CodeVersion.DirtyKey, Source, "mlflow.source.type", User];

    /// <summary>Returns what a version takes from its run.</summary>
    internal static IEnumerable<Tag> Of(Run run)
    {
        IEnumerable<Tag> copied = run.Tags.Where(tag => s_copied.Contains(tag.Key, StringComparer.Ordinal));
        return run.Inputs.Count == 0 ? copied : copied.Append(new Tag(Data, string.Join(", ", run.Inputs.Select(input => $"{input.Dataset.Name}@{input.Dataset.Digest}"))));
    }

    internal static string? Find(IReadOnlyList<Tag> tags, string key)
    {
        foreach (Tag tag in tags)
        {
            if (string.Equals(tag.Key, key, StringComparison.Ordinal))
            {
                return tag.Value;
            }
        }

        return null;
    }
}
