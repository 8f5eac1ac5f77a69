namespace MlOps.Kernel.Site;

/// <summary>What the site says about the course as a whole.</summary>
public sealed record SiteOptions
{
    /// <summary>Gets the name of the course, in the header of every page. Default: <c>MlOpsCourse</c>.</summary>
    public string CourseTitle { get; init; } = "MlOpsCourse";

    /// <summary>Gets the sentence under the name on the overview.</summary>
    public string Summary { get; init; } = "Machine-learning operations in C#, week by week: notebooks that run, with every chart and number they computed.";

    /// <summary>Gets the Markdown that stands before the weeks on the overview: for whom, how to start. Default: none.</summary>
    public string Introduction { get; init; } = string.Empty;

    /// <summary>Gets the language of the text as an HTML <c>lang</c> value. Default: <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Gets the plan of the course. Weeks without a page are listed as not written yet; default: none.</summary>
    public IReadOnlyList<CourseWeek> Weeks { get; init; } = [];

    /// <summary>Gets the Markdown pages beside the weeks. Those that no week names as its exercises are listed as guides, in this order.</summary>
    public IReadOnlyList<SiteDocument> Documents { get; init; } = [];

    /// <summary>Gets what checks have found so far; see <see cref="CourseSite.WriteChecks"/>. Default: nothing.</summary>
    public IReadOnlyList<ExerciseCheck> Checks { get; init; } = [];
}
