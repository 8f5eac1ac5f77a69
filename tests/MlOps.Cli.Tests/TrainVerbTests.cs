using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOps.Data;
using MlOps.Data.Images;
using MlOps.Onnx;

namespace MlOps.Cli.Tests;

public sealed class TrainVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-train-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Train_Classes_JsonHasTheAgreedShape()
    {
        CommandResult result = Train(Loans(200), "--label", "paid", "--model", "forest", "--test", "0.25", "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("forest", json.GetProperty("model").GetString());
        Assert.Equal("{\"train\":150,\"test\":50}", json.GetProperty("rows").GetRawText());
        Assert.Equal(["accuracy", "precision", "recall", "f1", "auc", "logLoss", "brier"], json.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));
        Assert.True(json.GetProperty("metrics").GetProperty("auc").GetDouble() > 0.9);
        Assert.Equal("yes", json.GetProperty("positive").GetString());
        Assert.InRange(json.GetProperty("verified").GetProperty("difference").GetDouble(), 0, 1e-5);
        Assert.Contains("Predicting classes, because 'paid' holds text.", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Left out: column 'id', because it identifies the rows", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Left out: 2 rows without a value in 'paid'.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_Numbers_JsonHasTheAgreedShapeAndTheTableTheFile()
    {
        string data = Loans(200);
        JsonElement json = JsonDocument.Parse(Train(data, "--label", "rate", "--model", "ridge", "--json").Output).RootElement;
        Assert.Equal(["mae", "rmse", "r2"], json.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));
        Assert.True(json.GetProperty("metrics").GetProperty("r2").GetDouble() > 0.8);
        CommandResult table = Train(data, "--label", "rate", "--model", "ridge");
        Assert.Contains("ridge: learned from 162 rows, tested on 40 others", table.Output, StringComparison.Ordinal);
        Assert.Contains("Wrote ", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_SameSeed_GivesTheSameBytes()
    {
        string data = Loans(120);
        byte[] Model(string seed)
        {
            Train(data, "--label", "paid", "--seed", seed);
            return File.ReadAllBytes(At("model.onnx"));
        }

        byte[] first = Model("3");
        Assert.Equal(first, Model("3"));
        Assert.NotEqual(first, Model("4"));
    }

    [Fact]
    public void Train_ThenPredict_SaysWhatTheMetricsWereMeasuredOn()
    {
        string train = Loans(200);
        string test = Loans(80, "test.csv", seed: 2);
        JsonElement json = JsonDocument.Parse(Train(train, "--label", "paid", "--model", "logistic", "--test-data", test, "--positive", "no", "--json").Output).RootElement;
        Assert.Equal(200, json.GetProperty("rows").GetProperty("train").GetInt32());
        CommandResult predict = MlopsCommand.Run("predict", At("model.onnx"), test, "--keep", "id,paid", "--out", At("predictions.csv"));
        Assert.True(predict.ExitCode == 0, predict.Errors);
        var predictions = Table.ReadCsv(At("predictions.csv"), new CsvOptions { Types = new Dictionary<string, Type> { ["id"] = typeof(string) } });

        Assert.Equal(["id", "paid", "prediction", "p_no", "p_yes"], predictions.Columns.Select(column => column.Name));
        Assert.Equal(82, predictions.RowCount);
        Assert.Equal("0007", predictions.Texts("id")[7]); // as it was written, not as a number
        Table known = predictions.DropMissing("paid");
        double right = known.Texts("paid").Zip(known.Texts("prediction")).Count(pair => pair.First == pair.Second);
        Assert.Equal(json.GetProperty("metrics").GetProperty("accuracy").GetDouble(), right / known.RowCount, 12);
        Assert.Equal("no", OnnxFile.Load(At("model.onnx")).Facts.PositiveClass);
    }

    [Theory]
    [InlineData("label")]
    [InlineData("prediction")]
    [InlineData("probabilities")]
    public void Train_FeatureCalledAsAnOutput_WorksInEveryVerb(string name)
    {
        string data = At("renamed.csv");
        File.WriteAllText(data, File.ReadAllText(Loans(150)).Replace("income", name, StringComparison.Ordinal));
        Assert.Equal(0, Train(data, "--label", "paid", "--model", "logistic").ExitCode);
        Assert.Equal(0, MlopsCommand.Run("validate", At("model.onnx"), data, "--min-auc", "0.9").ExitCode);
        Assert.Equal(0, MlopsCommand.Run("predict", At("model.onnx"), data, "--out", At("p.csv")).ExitCode);
        Assert.Equal(0, MlopsCommand.Run("onnx", "check", At("model.onnx")).ExitCode);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("false", "true")]
    [InlineData("FALSE", "TRUE")]
    public void Train_LabelAsNumbersOrTruthValues_PredictsTheirClasses(string no, string yes)
    {
        string data = At("coded.csv");
        File.WriteAllText(data, File.ReadAllText(Loans(150)).Replace(",no,", $",{no},", StringComparison.Ordinal).Replace(",yes,", $",{yes},", StringComparison.Ordinal));
        JsonElement json = JsonDocument.Parse(Train(data, "--label", "paid", "--json").Output).RootElement;
        Assert.Equal(yes, json.GetProperty("positive").GetString(), ignoreCase: true);
        Assert.Equal(0, MlopsCommand.Run("validate", At("model.onnx"), data, "--min-accuracy", "0.9").ExitCode);
    }

    [Theory]
    [InlineData("There is no label column 'no'", "--label", "no")]
    [InlineData("There is no model 'rainforest'", "--label", "paid", "--model", "rainforest")]
    [InlineData("does not predict classes", "--label", "paid", "--model", "linear", "--task", "classification")]
    [InlineData("there is no class 'maybe'. There are: no, yes", "--label", "paid", "--positive", "maybe")]
    [InlineData("must be above 0 and below 1", "--label", "paid", "--test", "1.5")]
    [InlineData("exclude each other", "--label", "paid", "--test", "0.2", "--test-data", "x.csv")]
    [InlineData("There is no column 'wage'", "--label", "paid", "--columns", "wage")]
    [InlineData("nowhere.csv: there is no such file", "--label", "paid", "--test-data", "nowhere.csv")]
    [InlineData("--label is needed")]
    [InlineData("--labels", "--label", "paid", "--labels", "y.idx")]
    public void Train_BadRequest_Ends2WithOneLineAndNoFile(string told, params string[] options)
    {
        CommandResult result = Train(Loans(100), options);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, result.Errors.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.False(File.Exists(At("model.onnx")));
    }

    [Theory]
    [InlineData("a,y\n", "no rows")]
    [InlineData("", "empty")]
    [InlineData("a,y\n1,x\n2,x\n3,x\n4,x\n5,x\n6,x\n", "all rows that count are 'x'")]
    [InlineData("a,y\n5,x\n5,z\n5,x\n5,z\n5,x\n5,z\n", "constant")]
    [InlineData("a,y\n1,x\n2\n", "line 3")]
    [InlineData("a,y\ninf,x\n2,z\n3,x\n4,z\n5,x\n6,z\n", "Infinity")]
    [InlineData("a,y\n1,p\n2,q\n3,r\n4,s\n", "has one row")]
    public void Train_BadData_Ends2WithOneLineAndNoFile(string text, string told)
    {
        File.WriteAllText(At("bad.csv"), text);
        CommandResult result = Train(At("bad.csv"), "--label", "y", "--model", "logistic");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(At("model.onnx")));
    }

    [Fact]
    public void Train_Pictures_ThenValidateThem()
    {
        (string images, string labels) = Bars(240);
        CommandResult result = MlopsCommand.Run("train", images, "--labels", labels, "--model", "cnn", "--epochs", "5", "--out", At("cnn.onnx"), "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("{\"train\":192,\"test\":48}", json.GetProperty("rows").GetRawText());
        Assert.True(json.GetProperty("metrics").GetProperty("accuracy").GetDouble() > 0.9);
        Assert.Equal("float[N, 1, 8, 8]", OnnxSummary.Of(OnnxFile.Load(At("cnn.onnx"))).Inputs["x"]);
        CommandResult kept = MlopsCommand.Run("validate", At("cnn.onnx"), images, "--labels", labels, "--min-accuracy", "0.9", "--max-latency-ms", "10000");
        Assert.True(kept.ExitCode == 0, kept.Output + kept.Errors);
        Assert.Equal(2, MlopsCommand.Run("train", images, "--labels", images, "--out", At("no.onnx")).ExitCode);
        Assert.Equal(2, MlopsCommand.Run("train", images, "--labels", labels, "--model", "forest", "--out", At("no.onnx")).ExitCode);
        Assert.False(File.Exists(At("no.onnx")));
    }

    [Fact]
    public void Validate_Gates_SetTheExitCodeAndAreNamed()
    {
        string data = Loans(200);
        Train(data, "--label", "paid", "--model", "logistic");
        CommandResult kept = MlopsCommand.Run("validate", At("model.onnx"), data, "--label", "paid", "--min-accuracy", "0.9", "--min-f1", "0.9", "--min-auc", "0.9", "--min-precision", "0.8", "--min-recall", "0.8", "--max-latency-ms", "10000");
        Assert.True(kept.ExitCode == 0, kept.Output + kept.Errors);
        Assert.Contains("All limits are kept.", kept.Output, StringComparison.Ordinal);

        CommandResult broken = MlopsCommand.Run("validate", At("model.onnx"), data, "--min-auc", "0.5", "--min-accuracy", "1", "--max-latency-ms", "0", "--json");
        Assert.Equal(1, broken.ExitCode);
        JsonElement json = JsonDocument.Parse(broken.Output).RootElement;
        Assert.False(json.GetProperty("pass").GetBoolean());
        Assert.Equal(["accuracy False", "auc True", "latencyMs False"], json.GetProperty("gates").EnumerateArray().Select(gate => $"{gate.GetProperty("metric")} {gate.GetProperty("pass")}"));
        Assert.Contains("Left out: 2 of 202 rows, which have no value in 'paid'.", broken.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_BadInput_Ends2()
    {
        string data = Loans(100);
        Train(data, "--label", "rate", "--model", "linear");
        Refused("has no 'auc'. It has: mae, rmse, r2", "--min-auc", "0.5");
        Refused("--min-accuracy is a share between 0 and 1; got 90", "--min-accuracy", "90");
        Refused("'city' holds text", "--label", "city");
        Refused("there is no such column", "--label", "wage");
        File.WriteAllText(At("narrow.csv"), "income,rate\n1,2\n");
        Assert.Contains("'city'", MlopsCommand.Run("validate", At("model.onnx"), At("narrow.csv")).Errors, StringComparison.Ordinal);
        Assert.Equal(2, MlopsCommand.Run("validate", data, data).ExitCode); // no ONNX file

        void Refused(string told, params string[] options)
        {
            CommandResult result = MlopsCommand.Run(["validate", At("model.onnx"), data, .. options]);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(told, result.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Validate_ModelOfAnotherTool_TakesTheColumnsThatAreNamed()
    {
        // Made by Python's onnx: tests/MlOps.Onnx.Tests/Files/make.py.
        string model = Path.Combine(MlopsCommand.RepositoryRoot, "tests", "MlOps.Onnx.Tests", "Files", "zipmap.onnx");
        File.WriteAllText(At("foreign.csv"), "id,a,b\nx,1,2\ny,3,1\n");
        CommandResult predict = MlopsCommand.Run("predict", model, At("foreign.csv"), "--columns", "a,b", "--keep", "id", "--out", At("p.csv"));
        Assert.True(predict.ExitCode == 0, predict.Errors);
        string[] header = File.ReadLines(At("p.csv")).First().Split(',');
        Assert.Equal(["id", "prediction"], header[..2]);
        var said = Table.ReadCsv(At("p.csv"), new CsvOptions { Types = new Dictionary<string, Type> { ["prediction"] = typeof(string) } });
        said.Select("prediction").With(Table.ReadCsv(At("foreign.csv")).Columns).WriteCsv(At("truth.csv"));
        CommandResult validate = MlopsCommand.Run("validate", model, At("truth.csv"), "--columns", "a,b", "--label", "prediction", "--min-accuracy", "1");
        Assert.True(validate.ExitCode == 0, validate.Output + validate.Errors);
        Assert.Equal(2, MlopsCommand.Run("predict", model, At("truth.csv"), "--out", At("p.csv")).ExitCode); // four columns, and nobody says which two
    }

    [Fact]
    public void Predict_BadInput_Ends2AndLeavesTheOldFile()
    {
        string data = Loans(100);
        Train(data, "--label", "paid");
        File.WriteAllText(At("old.csv"), "old");
        File.WriteAllText(At("late.csv"), "income,age,city,rate\n" + string.Concat(Enumerable.Repeat("50,30,Goa,1\n", 70_000)) + "50,30\n");
        Refused("line 70002", At("late.csv"));
        Refused("there is no such column", data, "--keep", "wage");
        File.WriteAllText(At("text.csv"), "income,age,city,rate\nmuch,30,Goa,1\n");
        Refused("'income'", At("text.csv"));
        Assert.Equal(2, MlopsCommand.Run("predict", At("model.onnx"), data, "--out", data).ExitCode);
        Assert.Equal(2, MlopsCommand.Run("predict", At("model.onnx"), data, "--out", At("no/where.csv")).ExitCode);

        void Refused(string told, params string[] arguments)
        {
            CommandResult result = MlopsCommand.Run(["predict", At("model.onnx"), .. arguments, "--out", At("old.csv")]);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(told, result.Errors, StringComparison.Ordinal);
            Assert.Equal("old", File.ReadAllText(At("old.csv")));
            Assert.Empty(_folder.GetFiles("*.tmp"));
        }
    }

    private CommandResult Train(string data, params string[] options) => MlopsCommand.Run(["train", data, .. options, "--out", At("model.onnx")]);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Rate and payment depend on income and city; two rows more than asked for have no rate and no payment.</summary>
    private string Loans(int rows, string name = "loans.csv", int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder("id,income,age,city,paid,rate\n");
        for (int i = 0; i < rows; i++)
        {
            double income = 20 + (80 * random.NextDouble());
            string city = random.Next(3) switch { 0 => "Pune", 1 => "Agra", _ => "Goa" };
            double score = (0.1 * income) + (city == "Goa" ? 3 : 0) + random.NextDouble();
            text.Append(CultureInfo.InvariantCulture, $"{i:0000},{(i % 19 == 0 ? "" : income.ToString("0.00", CultureInfo.InvariantCulture))},{random.Next(18, 70)},{city},{(score > 7.5 ? "yes" : "no")},{score:0.000}\n");
        }

        File.WriteAllText(At(name), text.Append(CultureInfo.InvariantCulture, $"{rows:0000},50,30,Goa,,5.5\n{rows + 1:0000},40,31,Pune,,4.4\n").ToString());
        return At(name);
    }

    /// <summary>8 × 8 with a bar of two pixels, in noise: lying is class 0, upright class 1.</summary>
    private (string Images, string Labels) Bars(int count)
    {
        var random = new Random(3);
        byte[] pixels = new byte[count * 64];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)random.Next(2);
            int place = random.Next(7);
            for (int p = 0; p < 64; p++)
            {
                int across = labels[i] == 0 ? p / 8 : p % 8;
                pixels[(i * 64) + p] = (byte)((across == place || across == place + 1 ? 150 : 0) + random.Next(100));
            }
        }

        IdxFile.Write(At("x.idx"), pixels, count, 8, 8);
        IdxFile.Write(At("y.idx"), labels, count);
        return (At("x.idx"), At("y.idx"));
    }
}
