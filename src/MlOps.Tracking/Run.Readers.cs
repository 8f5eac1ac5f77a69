namespace MlOps.Tracking;

public sealed partial record Run
{
    /// <summary>Gets how long it took; null while it runs.</summary>
    public TimeSpan? Duration => Info.EndTime is { } end ? TimeSpan.FromMilliseconds(end - Info.StartTime) : null;

    /// <summary>Returns a metric's summary value; null if it was not logged.</summary>
    /// <param name="key">Its name.</param>
    public double? Metric(string key)
    {
        foreach (Metric metric in Metrics)
        {
            if (metric.Key == key)
            {
                return metric.Value;
            }
        }

        return null;
    }

    /// <summary>Returns a parameter's text; null if it was not logged.</summary>
    /// <param name="key">Its name.</param>
    public string? Param(string key)
    {
        foreach (Param param in Params)
        {
            if (param.Key == key)
            {
                return param.Value;
            }
        }

        return null;
    }

    /// <summary>Returns a tag's text; null if it was not set.</summary>
    /// <param name="key">Its name.</param>
    public string? Tag(string key)
    {
        foreach (Tag tag in Tags)
        {
            if (tag.Key == key)
            {
                return tag.Value;
            }
        }

        return null;
    }

    /// <summary>Returns name, status, metrics and parameters in one line.</summary>
    public override string ToString() => RunCard.Text(this);

    /// <summary>Returns how a notebook shows the run: a small card.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { ["text/html"] = RunCard.Html(this), ["text/plain"] = ToString() };
}
