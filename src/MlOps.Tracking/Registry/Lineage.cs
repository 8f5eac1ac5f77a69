namespace MlOps.Tracking.Registry;

/// <summary>Where a version comes from: run, data, code, parameters, environment.</summary>
/// <param name="Model">The model.</param>
/// <param name="Version">The version.</param>
/// <param name="RunId">The run that made it; empty if the version names none.</param>
/// <param name="Run">That run; null if the store does not know it. A deleted run is still known.</param>
/// <param name="Experiment">The run's experiment; null if the run is.</param>
/// <param name="Data">The data sets as <c>name@digest</c>.</param>
/// <param name="Commit">The code's commit; null if it is not known.</param>
/// <param name="Changed">Whether the code differed from the commit; null if it is not known.</param>
/// <param name="Source">The script, notebook or program; null if it is not known.</param>
/// <param name="User">Who ran it; null if it is not known.</param>
/// <param name="Parameters">The run's parameters.</param>
/// <param name="Environment">The artifact that lists packages and machine; null if the run has none.</param>
/// <param name="Signature">What the model takes and gives; null if its files do not say.</param>
/// <param name="Gaps">What stands in the way of making the version again, a sentence each: no run, no version of the data, no commit, changes outside the commit.</param>
/// <param name="Notes">What else is missing: parameters, environment, signature.</param>
public sealed record Lineage(
    string Model, int Version, string RunId, Run? Run, Experiment? Experiment, IReadOnlyList<string> Data, string? Commit, bool? Changed, string? Source, string? User,
    IReadOnlyList<Param> Parameters, string? Environment, ModelSignature? Signature, IReadOnlyList<string> Gaps, IReadOnlyList<string> Notes)
{
    /// <summary>Returns a line for everything that is known, and one for everything that is missing.</summary>
    public override string ToString() => Show().ToString();

    /// <summary>Returns how a notebook shows it: a table of what is known and what is missing.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle(ToString());

    private ResultTable Show()
    {
        var rows = new List<string[]>();
        Add("run", Run is null ? (RunId.Length == 0 ? null : RunId) : $"{Run.Info.Name} ({RunId})");
        Add("experiment", Experiment?.Name);
        Add("by", User);
        Add("source", Source);
        Add("commit", Commit is null ? null : Commit + Changed switch { true => ", with changes", false => ", clean", null => "" });
        rows.AddRange(Data.Select(data => (string[])["data", data]));
        Add("parameters", Parameters.Count == 0 ? null : string.Join(", ", Parameters.Select(p => $"{p.Key} = {p.Value}")));
        Add("environment", Environment);
        Add("signature", Signature?.ToString());
        rows.AddRange(Gaps.Select(gap => (string[])["MISSING", gap]));
        rows.AddRange(Notes.Select(note => (string[])["missing", note]));
        return new ResultTable(
            FormattableString.Invariant($"'{Model}' version {Version} {(Gaps.Count == 0 ? "can be traced to its run, data and code" : "cannot be traced in full")}"), "", ["", ""], rows);

        void Add(string what, string? known)
        {
            if (!string.IsNullOrEmpty(known))
            {
                rows.Add([what, known]);
            }
        }
    }
}
