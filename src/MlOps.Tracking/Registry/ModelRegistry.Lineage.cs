using MlOps.Data;
using MlOps.Tracking.Capture;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Registry;

public sealed partial class ModelRegistry
{
    /// <summary>Returns where a version comes from, and what is missing.</summary>
    /// <remarks>Asks the run; what a run that is gone can no longer tell is taken from the version's own tags.</remarks>
    /// <exception cref="TrackingException">There is no such version.</exception>
    public Lineage LineageOf(string model, int version) => LineageOf(Store.GetVersion(model, version));

    /// <summary>Returns what a version's model takes and gives; null if its files do not say, or cannot be read from here.</summary>
    /// <exception cref="TrackingException">There is no such version.</exception>
    /// <exception cref="FormatException">The file <c>MLmodel</c> cannot be understood.</exception>
    public ModelSignature? SignatureOf(string model, int version) => SignatureOf(Store.GetVersion(model, version));

    /// <summary>Returns the rows that were stored with a version's model as an example of its input; null if there are none, or no table.</summary>
    /// <exception cref="TrackingException">There is no such version.</exception>
    /// <exception cref="FormatException">The file <c>MLmodel</c> or the example cannot be understood.</exception>
    public Table? InputExampleOf(string model, int version) =>
        FilesOf(Store.GetVersion(model, version)) is { } files && MlModelFile.Read(files) is { ExamplePath: { } path } && ReadText(files, path) is { } text ? InputExample.Read(text) : null;

    internal Lineage LineageOf(ModelVersion version)
    {
        Run? run = FindRun(version.RunId);
        string[] data = run is { Inputs.Count: > 0 }
            ? [.. run.Inputs.Select(input => $"{input.Dataset.Name}@{input.Dataset.Digest}")]
            : LineageTags.Find(version.Tags, LineageTags.Data)?.Split(", ", StringSplitOptions.RemoveEmptyEntries) ?? [];
        string? commit = Known(CodeVersion.CommitKey);
        bool? changed = Known(CodeVersion.DirtyKey) is { } told ? told.Equals("true", StringComparison.OrdinalIgnoreCase) : null;
        IReadOnlyList<Param> parameters = run?.Params ?? [];
        string? environment = run is not null && OpenFiles(run.Info.ArtifactUri) is { } files && files.List().Any(file => file.Path == EnvironmentRecord.ArtifactName) ? EnvironmentRecord.ArtifactName : null;
        ModelSignature? signature = SignatureOf(version);

        var gaps = new List<string>();
        Say(gaps, version.RunId.Length == 0, "the version names no run");
        Say(gaps, version.RunId.Length > 0 && run is null, $"the run {version.RunId} is not there any more");
        Say(gaps, data.Length == 0, "the run names no version of its data");
        Say(gaps, commit is null, "the commit of the code is not known");
        Say(gaps, changed == true, "the code had changes that are not in the commit");
        var notes = new List<string>();
        Say(notes, run is not null && parameters.Count == 0, "the run has no parameters");
        Say(notes, run is not null && environment is null, $"the run has no list of packages and machine ({EnvironmentRecord.ArtifactName})");
        Say(notes, commit is not null && changed is null, "whether the code had changes outside the commit is not known");
        Say(notes, signature is null, "the model has no signature");
        return new Lineage(
            version.Name, version.Version, version.RunId, run, run is null ? null : Store.GetExperiment(run.Info.ExperimentId), data, commit, changed, Known(LineageTags.Source), Known(LineageTags.User),
            parameters, environment, signature, gaps, notes);

        string? Known(string key) => (run is null ? null : LineageTags.Find(run.Tags, key)) ?? LineageTags.Find(version.Tags, key);

        static void Say(List<string> to, bool when, string what)
        {
            if (when)
            {
                to.Add(what);
            }
        }
    }

    internal ModelSignature? SignatureOf(ModelVersion version) => FilesOf(version) is { } files ? MlModelFile.Read(files)?.Signature : null;

    internal static string? ReadText(IArtifactStore files, string path)
    {
        try
        {
            using var reader = new StreamReader(files.OpenRead(path));
            return reader.ReadToEnd();
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceDoesNotExist)
        {
            return null;
        }
    }

    private IArtifactStore? FilesOf(ModelVersion version)
    {
        const string OfRun = "runs:/";
        if (!version.Source.StartsWith(OfRun, StringComparison.Ordinal))
        {
            return OpenFiles(version.Source);
        }

        string[] parts = version.Source[OfRun.Length..].TrimStart('/').Split('/', 2);
        return FindRun(parts[0]) is { } run ? OpenFiles(parts.Length == 1 ? run.Info.ArtifactUri : $"{run.Info.ArtifactUri.TrimEnd('/')}/{parts[1]}") : null;
    }

    /// <summary>Opens the files at an address; null if this store cannot reach addresses of that kind, such as another company's storage.</summary>
    private IArtifactStore? OpenFiles(string address)
    {
        try
        {
            return Store.OpenArtifacts(address);
        }
        catch (TrackingException e) when (e.Error == TrackingError.InvalidParameterValue)
        {
            return null;
        }
    }
}
