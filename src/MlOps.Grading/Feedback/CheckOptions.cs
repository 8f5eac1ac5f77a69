namespace MlOps.Grading.Feedback;

/// <summary>How a check is shown.</summary>
public sealed record CheckOptions
{
    /// <summary>Gets whether the student asked for a hint: then all hints opened so far are shown.</summary>
    /// <value>Default: false; then one line says how to open one.</value>
    public bool ShowHints { get; init; }

    /// <summary>Gets what a student types to open a hint; <c>{0}</c> is the exercise's number.</summary>
    /// <value>Default: the command line. In a notebook: <c>Check("{0}", hint: true)</c>.</value>
    public string HintCommand { get; init; } = "./mlops check {0} --hint";

    /// <summary>Gets the most letters of a line of prose in plain text; values and printed text are never broken.</summary>
    /// <value>At least 40. Default: 100.</value>
    public int Width { get; init => field = Guard.AtLeast(value, 40, nameof(Width)); } = 100;
}
