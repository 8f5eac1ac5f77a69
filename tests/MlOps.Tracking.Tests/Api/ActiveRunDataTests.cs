using System.Text.Json;
using MlOps.Data;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Tests.Api;

public sealed class ActiveRunDataTests : TemporaryStore
{
    private const string Sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-4, first example

    [Fact]
    public void Data_File_HasTheDigestOfItsBytes()
    {
        string file = Path.Join(Folder, "abc.txt");
        File.WriteAllText(file, "abc");
        DatasetInput input = Logged(run => run.Data("abc", file, "evaluation"));
        Assert.Equal(("abc", Sha256OfAbc[..32], "local", null), (input.Dataset.Name, input.Dataset.Digest, input.Dataset.SourceType, input.Dataset.Schema));
        Assert.Equal([new Tag("mlflow.data.context", "evaluation")], input.Tags);
        using JsonDocument source = JsonDocument.Parse(input.Dataset.Source);
        Assert.Equal((file, Sha256OfAbc), (source.RootElement.GetProperty("uri").GetString(), source.RootElement.GetProperty("sha256").GetString()));
        Assert.Equal("""{"num_bytes": 3}""", input.Dataset.Profile);
    }

    [Fact]
    public void Data_CsvFile_HasItsColumnsAsMlflowWritesThem()
    {
        string file = Path.Join(Folder, "x.csv");
        File.WriteAllText(file, "age,name\n31,a\n,b\n");
        using JsonDocument schema = JsonDocument.Parse(Logged(run => run.Data("x", file)).Dataset.Schema!);
        Assert.Equal(
            [("age", "long", false), ("name", "string", true)],
            schema.RootElement.GetProperty("mlflow_colspec").EnumerateArray().Select(c => (c.GetProperty("name").GetString(), c.GetProperty("type").GetString(), c.GetProperty("required").GetBoolean())));
    }

    [Fact]
    public void Data_Folder_DependsOnNamesAndContents()
    {
        string folder = Directory.CreateDirectory(Path.Join(Folder, "images")).FullName;
        File.WriteAllText(Path.Join(folder, "a"), "abc");
        string first = Logged(run => run.Data("images", folder)).Dataset.Digest;

        // printf 'ba78…  a\n' | sha256sum
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Sha256OfAbc + "  a\n")))[..32], first);
        File.Move(Path.Join(folder, "a"), Path.Join(folder, "b"));
        Assert.NotEqual(first, Logged(run => run.Data("images", folder)).Dataset.Digest);
    }

    [Fact]
    public void Data_Table_HasTheDigestOfItsCsv()
    {
        var table = new Table(Column.Of("x", [1.0, 2.5]), Column.Of("n", [1, 2]));
        string file = Path.Join(Folder, "t.csv");
        table.WriteCsv(file);
        Dataset fromTable = Logged(run => run.Data("t", table)).Dataset;
        Dataset fromFile = Logged(run => run.Data("t", file)).Dataset;
        Assert.Equal(fromFile.Digest, fromTable.Digest);
        Assert.Equal((fromFile.Schema, """{"num_rows": 2, "num_elements": 4}"""), (fromTable.Schema, fromTable.Profile));
        Assert.Throws<FileNotFoundException>(() => Logged(run => run.Data("t", Path.Join(Folder, "nowhere.csv"))));
    }

    [Fact]
    public void Model_Onnx_IsAFolderThatTheRegistryAndMlflowRead()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        var example = new Table(Column.Of("age", [31L, 42]), Column.Of("income", [1.5, double.NaN]));
        run.Model("model", [8, 7], example: example);
        Assert.Equal(["model/MLmodel", "model/input_example.json", "model/model.onnx"], tracker.Store.OpenArtifacts(run.Info.ArtifactUri).List("model").Select(f => f.Path));
        using (var file = new StreamReader(tracker.Store.OpenArtifacts(run.Info.ArtifactUri).OpenRead("model/MLmodel")))
        {
            string text = file.ReadToEnd();
            Assert.Matches(@"(?m)^utc_time_created: '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}'\r?$", text); // quoted, as in the MLmodel files of MLflow 2.17 and 3.6
            Assert.Contains($"run_id: {run.Id}", text, StringComparison.Ordinal);
        }

        ModelVersion version = tracker.Models.Register("credit", run.Read(), "model");
        Assert.Equal(ModelSignature.Of(example), tracker.Models.SignatureOf("credit", version.Version));
        Table read = tracker.Models.InputExampleOf("credit", version.Version)!;
        Assert.Equal(["age", "income"], read.Columns.Select(c => c.Name));
        Assert.Equal((42L, true), ((long)read["age"].GetValue(1)!, read["income"].IsMissing(1)));
        using JsonDocument history = JsonDocument.Parse(run.Read().Tag("mlflow.log-model.history")!);
        Assert.Equal(("model", run.Id), (history.RootElement[0].GetProperty("artifact_path").GetString(), history.RootElement[0].GetProperty("run_id").GetString()));
    }

    [Fact]
    public void Model_Many_KeepsTheTagWithinItsLimit()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        for (int i = 0; i < 40; i++)
        {
            run.Model($"model-{i}", [1]);
        }

        string tag = run.Read().Tag("mlflow.log-model.history")!;
        Assert.InRange(tag.Length, 1, 8000);
        using JsonDocument history = JsonDocument.Parse(tag);
        Assert.Equal("model-39", history.RootElement.EnumerateArray().Last().GetProperty("artifact_path").GetString());
    }

    private DatasetInput Logged(Action<ActiveRun> log)
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        log(run);
        return Assert.Single(run.Read().Inputs);
    }
}
