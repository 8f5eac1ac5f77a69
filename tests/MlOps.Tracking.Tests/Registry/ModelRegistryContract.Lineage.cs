using System.Text;
using MlOps.Data;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Registry;

public abstract partial class ModelRegistryContract
{
    private const string Commit = "4a1f0e4a1f0e4a1f0e4a1f0e4a1f0e4a1f0e4a1f";

    private static readonly ModelSignature s_signature = new([new("age", "long"), new("income", "double")], [new("risk", "double")]);

    /// <summary>A run as the tracker leaves it, with a model's folder.</summary>
    private Run RunWithModel(ModelSignature? signature, bool? dirty = false, bool traced = true)
    {
        List<Tag> tags = traced ? [new("mlflow.source.git.commit", Commit), new("mlflow.user", "asha"), new("mlflow.source.name", "train.cs")] : [];
        if (dirty is { } changed)
        {
            tags.Add(new Tag("mlops.git.dirty", changed ? "true" : "false"));
        }

        string id = Store.CreateRun(new NewRun { Name = "lr-0.01", UserId = "asha", Tags = tags }).Info.RunId;
        if (traced)
        {
            Store.LogParam(id, new Param("lr", "0.01"));
            Store.LogInputs(id, [new DatasetInput(new Dataset("loans", "abc123", "local", "{}"), [])]);
        }

        IArtifactStore files = Store.OpenArtifacts(Store.GetRun(id).Info.ArtifactUri);
        Write(files, "model/model.onnx", "bytes");
        if (signature is not null)
        {
            Write(files, "model/MLmodel", $"signature:\n  inputs: '{signature.InputsJson}'\n  outputs: '{signature.OutputsJson}'\nsaved_input_example_info:\n  artifact_path: input_example.json\n  type: dataframe\n");
            Write(files, "model/input_example.json", """{"columns": ["age", "income"], "data": [[30, 1000.5]]}""");
        }

        return Store.GetRun(id);
    }

    private static void Write(IArtifactStore files, string path, string text) => files.Write(path, new MemoryStream(Encoding.UTF8.GetBytes(text)));

    [ContractFact]
    public void Register_FirstAndNext_MakesModelAndVersions()
    {
        string model = Unique();
        Run run = RunWithModel(s_signature);
        ModelVersion first = Models.Register(model, run, "model", "first try", [new Tag("mlflow.user", "somebody else"), new Tag("mine", "1")]);
        Assert.Equal((1, "first try", run.Info.RunId, "asha", run.Info.ArtifactUri + "/model"), (first.Version, first.Description, first.RunId, first.UserId, first.Source));
        Assert.Equal(
            [new Tag("mine", "1"), new Tag("mlflow.source.git.commit", Commit), new Tag("mlflow.source.name", "train.cs"), new Tag("mlflow.user", "somebody else"), new Tag("mlops.data", "loans@abc123"), new Tag("mlops.git.dirty", "false")],
            first.Tags);
        Assert.Equal(2, Models.Register(model, run, "").Version);
        Assert.Equal([2, 1], Models.Versions(model).Select(version => version.Version));
        Assert.Equal([1], Models.Versions(model, "tags.mine = '1'").Select(version => version.Version));
        Assert.Equal([1], Models.Versions(model, "tags.mine = '1' OR name != 'x' AND version_number = 1").Select(version => version.Version));
        Assert.Equal(2, Models.Version(model, "latest").Version);
        Assert.Contains(Models.Models($"name = '{model}'"), found => found.Name == model);
        Refused(TrackingError.ResourceDoesNotExist, () => Models.Versions(Unique()));

        Promote(model, 1);
        string[] lines = Models.Version(model, "champion").ToString().Split('\n');
        Assert.Equal([$"'{model}' version 1", "aliases                   champion"], lines[..2]);
        Assert.Contains("<td", Models.Version(model, 1).ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<th", Models.Version(model, 1).ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.Contains("champion  version 1", Store.GetModel(model).ToString(), StringComparison.Ordinal);
    }

    [ContractFact]
    public void Register_NoSuchArtifact_IsRefusedAndMakesNothing()
    {
        string model = Unique();
        Run run = RunWithModel(null);
        Assert.Contains("there are model", Refused(TrackingError.ResourceDoesNotExist, () => Models.Register(model, run, "modle")).Message, StringComparison.Ordinal);
        Refused(TrackingError.ResourceDoesNotExist, () => Models.Register(model, run, "model/other.onnx"));
        Refused(TrackingError.InvalidParameterValue, () => Models.Register(model, run, "../other/model"));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetModel(model));
        Assert.Equal(1, Models.Register(model, run, "model/model.onnx").Version);
    }

    [ContractFact]
    public void SignatureAndExample_AreReadFromTheModelsFolder()
    {
        string model = Unique();
        Models.Register(model, RunWithModel(s_signature), "model");
        Models.Register(model, RunWithModel(null), "model");
        Run run = RunWithModel(s_signature);
        Store.CreateVersion(new NewModelVersion(model, $"runs:/{run.Info.RunId}/model"));
        Assert.Equal(s_signature, Models.SignatureOf(model, 1));
        Assert.Null(Models.SignatureOf(model, 2));
        Assert.Equal(s_signature, Models.SignatureOf(model, 3));
        Table example = Models.InputExampleOf(model, 1)!;
        Assert.Equal((30L, 1000.5), (example["age"].GetValue(0), example["income"].GetValue(0)));
        Assert.True(s_signature.Check(example).Passed);
        Assert.Null(Models.InputExampleOf(model, 2));
        Store.CreateVersion(new NewModelVersion(model, "s3://elsewhere/model"));
        Assert.Null(Models.SignatureOf(model, 4)); // cannot be reached from here
    }

    [ContractFact]
    public void SignatureGate_SameInputsPass_OthersAreNamed()
    {
        string model = Unique();
        Models.Register(model, RunWithModel(s_signature), "model");
        Models.Register(model, RunWithModel(s_signature with { Outputs = [] }), "model");
        Models.Register(model, RunWithModel(s_signature with { Inputs = [new("age", "double"), new("income", "double"), new("job", "string")] }), "model");
        Models.Register(model, RunWithModel(null), "model");
        Assert.Equal("nothing is champion yet", Check(model, 4, Gate.Signature()).Message);
        Promote(model, 1);
        Assert.Equal(new GateResult("inputs as champion", true, "the same as version 1"), Check(model, 2, Gate.Signature()));
        Assert.Equal(new GateResult("inputs as champion", false, "'age' is double and was long; 'job' is new (string), and callers do not give it"), Check(model, 3, Gate.Signature()));
        Assert.Equal("version 4 has no signature", Check(model, 4, Gate.Signature()).Message);
        Promote(model, 4);
        Assert.Equal("version 4, which is champion, has no signature", Check(model, 1, Gate.Signature()).Message);
    }

    [ContractFact]
    public void Lineage_WholeRun_HasNoGapsAndTheGatePasses()
    {
        string model = Unique();
        Run run = RunWithModel(s_signature);
        Models.Register(model, run, "model");
        Lineage lineage = Models.LineageOf(model, 1);
        Assert.Empty(lineage.Gaps);
        Assert.Equal(["the run has no list of packages and machine (environment.json)"], lineage.Notes);
        Assert.Equal((Commit, false, "train.cs", "asha", "Default"), (lineage.Commit, lineage.Changed, lineage.Source, lineage.User, lineage.Experiment!.Name));
        Assert.Equal(["loans@abc123"], lineage.Data);
        Assert.Equal([new Param("lr", "0.01")], lineage.Parameters);
        Assert.Equal(s_signature, lineage.Signature);
        Assert.True(Check(model, 1, Gate.Lineage()).Passed);
        Assert.Contains(Commit, lineage.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Write(Store.OpenArtifacts(run.Info.ArtifactUri), "environment.json", "{}");
        Assert.Equal(("environment.json", 0), (Models.LineageOf(model, 1).Environment, Models.LineageOf(model, 1).Notes.Count));
    }

    [ContractFact]
    public void Lineage_WhatIsMissing_IsSaidAndFailsTheGate()
    {
        string model = Unique();
        Models.Register(model, RunWithModel(s_signature, dirty: true), "model");
        Models.Register(model, RunWithModel(null, dirty: null, traced: false), "model");
        Models.Register(model, RunWithModel(s_signature, dirty: null), "model");
        Store.CreateVersion(new NewModelVersion(model, "s3://elsewhere/model"));
        Assert.Equal("the code had changes that are not in the commit", Check(model, 1, Gate.Lineage()).Message);
        Assert.Equal("the run names no version of its data; the commit of the code is not known", Check(model, 2, Gate.Lineage()).Message);
        Assert.Contains("the model has no signature", Models.LineageOf(model, 2).Notes);
        Assert.EndsWith("; whether the code had further changes is not known", Check(model, 3, Gate.Lineage()).Message, StringComparison.Ordinal);
        Assert.Equal("the version names no run; the run names no version of its data; the commit of the code is not known", Check(model, 4, Gate.Lineage()).Message);
        Assert.StartsWith($"'{model}' version 2 cannot be traced in full", Models.LineageOf(model, 2).ToString(), StringComparison.Ordinal);
    }

    [ContractFact]
    public void Lineage_RunIsGone_TheVersionsTagsStillTell()
    {
        string model = Unique();
        Store.CreateModel(model);
        Store.CreateVersion(new NewModelVersion(model, "s3://elsewhere/model")
        {
            RunId = new string('0', 32), Tags = [new("mlflow.source.git.commit", Commit), new("mlops.data", "loans@abc123, more@def"), new("mlops.git.dirty", "false")],
        });
        Lineage lineage = Models.LineageOf(model, 1);
        Assert.Equal([$"the run {new string('0', 32)} is not there any more"], lineage.Gaps);
        Assert.Equal((Commit, false, null), (lineage.Commit, lineage.Changed, lineage.Run));
        Assert.Equal(["loans@abc123", "more@def"], lineage.Data);
    }
}
