using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using MlOps.Data.Images;
using MlOps.Tracking;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;

namespace MlOps.Cli.Tests;

/// <summary>A folder with every file that an example of a help names, as somebody who follows the guides would have it.</summary>
public sealed class HelpExamples : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-help-");
    private readonly string _home = Environment.CurrentDirectory;
    private readonly ITrackingStore _store;
    private readonly TrackingServer _server;

    /// <summary>Makes the files and goes to the folder.</summary>
    public HelpExamples()
    {
        Environment.CurrentDirectory = _folder.FullName;
        Loans("loans.csv", 700, 1);
        Loans("train.csv", 300, 2);
        Loans("today.csv", 120, 3, income: 8);
        Loans("requests.csv", 120, 3);
        Loans("applications.csv", 60, 4);
        Loans("holdout.csv", 200, 5, judged: true);
        Copy("train.csv", "huge-train.csv");
        Copy("today.csv", "huge-today.csv");
        Tables();
        Pictures();
        Database();
        Models();
        foreach ((string kind, string file) in new[] { ("model", "answers"), ("datasheet", "sheet"), ("audit", "audit"), ("impact", "impact"), ("risk", "system"), ("dpdpa", "dpdpa"), ("gdpr", "gdpr") })
        {
            File.WriteAllText(file + ".yaml", Run("card", "questions", kind).Output);
        }

        Must("card", "model", "--model", "loans.onnx", "--out", "card.json");
        Must("quality", "infer", "train.csv", "--out", "expectations.yaml");
        File.WriteAllText("monitor.yaml", Run("monitor", "init", "--reference", "train.csv").Output);
        _store = TrackingStore.Open("sqlite:///mlruns.db");
        Runs(_store);
        _server = TrackingServer.Start(_store, new ServerOptions { Port = 0 });
    }

    /// <summary>Gets where tracked runs are served.</summary>
    internal string Server => _server.Address.ToString().TrimEnd('/');

    public void Dispose()
    {
        _server.Dispose();
        _store.Dispose();
        Environment.CurrentDirectory = _home;
        _folder.Delete(recursive: true);
    }

    /// <summary>Does what a command line says, in this process.</summary>
    internal static CommandResult Run(params string[] arguments) => Run(arguments, Timeout.InfiniteTimeSpan);

    /// <summary>The same, and presses Ctrl-C after a while.</summary>
    internal static CommandResult Run(string[] arguments, TimeSpan patience)
    {
        (TextWriter output, TextWriter errors) = (Console.Out, Console.Error);
        using var told = new StringWriter(CultureInfo.InvariantCulture);
        using var complained = new StringWriter(CultureInfo.InvariantCulture);
        using var interrupt = new CancellationTokenSource(patience);
        try
        {
            Console.SetOut(told);
            Console.SetError(complained);
            int code = Program.RunAsync(arguments, interrupt.Token).GetAwaiter().GetResult();
            return new CommandResult(code, told.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    private static void Must(params string[] arguments)
    {
        CommandResult result = Run(arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Errors}");
    }

    private static void Copy(string from, string to) => File.Copy(from, to, overwrite: true);

    private static void Loans(string path, int rows, int seed, double income = 0, bool judged = false)
    {
        var random = new Random(seed);
        string[] purposes = ["house", "seed", "shop", "wedding"];
        string[] words = ["slow answer at the branch", "wrong amount on the letter", "no answer at all", "the branch was closed"];
        var text = new StringBuilder($"id,applied_on,festival_season,city,gender,income,age,amount,purpose,complaint,defaulted{(judged ? ",y,p" : "")}\n");
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < rows; i++)
        {
            DateTime day = start.AddDays(i % 700);
            double earned = 20 + income + (60 * random.NextDouble());
            double asked = 10 + (90 * random.NextDouble());
            bool late = asked / earned > 1.2 + (0.3 * random.NextDouble());
            text.Append(CultureInfo.InvariantCulture, $"{i:0000},{day:yyyy-MM-dd},{(day.Month == 10 ? "true" : "false")},{(random.Next(2) == 0 ? "Pune" : "Agra")},{(random.Next(2) == 0 ? "f" : "m")},{earned:0.00},{random.Next(18, 70)},{asked:0.00},{purposes[random.Next(4)]},{words[random.Next(4)]},{(late ? "yes" : "no")}")
                .Append(judged ? $",{(late ? 0 : 1)},{(random.Next(5) == 0 == late ? 1 : 0)}" : "").Append('\n');
        }

        File.WriteAllText(path, text.ToString());
    }

    private static void Tables()
    {
        var random = new Random(6);
        Write("decisions.csv", "repaid,granted,gender,caste,score", 300, i => $"{random.Next(2)},{random.Next(2)},{(i % 2 == 0 ? "f" : "m")},{(i % 3 == 0 ? "a" : "b")},0.{random.Next(10, 99)}");
        Write("rows.csv", "a,b,c,y", 240, _ => random.NextDouble() is var a && random.NextDouble() is var b ? string.Create(CultureInfo.InvariantCulture, $"{a:0.000},{b:0.000},{random.NextDouble():0.000},{(a > b ? 1 : 0)}") : "");
        foreach (string path in new[] { "houses.csv", "houses-test.csv" })
        {
            Write(path, "area,rooms,price", 120, _ => random.Next(40, 160) is var area ? string.Create(CultureInfo.InvariantCulture, $"{area},{1 + (area / 40)},{(2000 * area) + random.Next(9000)}") : "");
        }

        File.WriteAllText("orders.csv", "id,city\n1,Pune\n2,Agra\n");
        File.WriteAllText("cities.csv", "city\nPune\nAgra\n");
        File.WriteAllText("orders.yaml", "expectations:\n- expect: exists_in\n  column: city\n  table: cities\n");
    }

    private static void Write(string path, string header, int rows, Func<int, string> row) =>
        File.WriteAllLines(path, Enumerable.Range(0, rows).Select(row).Prepend(header));

    /// <summary>8 × 8 with a bar of two pixels: lying or upright. As IDX files and as folders of PNG pictures.</summary>
    private static void Pictures()
    {
        var random = new Random(3);
        foreach ((string name, int count) in new[] { ("train", 160), ("test", 60) })
        {
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

                if (name == "test")
                {
                    string folder = Directory.CreateDirectory(Path.Combine("pictures", labels[i].ToString(CultureInfo.InvariantCulture))).FullName;
                    File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i:00}.png")), Png.Encode(pixels.AsSpan(i * 64, 64), 1, 8, 8));
                }
            }

            IdxFile.Write($"{name}-images.idx.gz", pixels, count, 8, 8);
            IdxFile.Write($"{name}-labels.idx.gz", labels, count);
        }
    }

    private static void Database()
    {
        using var connection = new SqliteConnection("Data Source=loans.db;Pooling=false");
        connection.Open();
        foreach (string table in new[] { "train", "loans" })
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"CREATE TABLE {table} (month INTEGER, amount REAL, city TEXT); WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 399) INSERT INTO {table} SELECT 1 + i % 12, (i * 37) % 101, CASE i % 3 WHEN 0 THEN 'Pune' ELSE 'Agra' END FROM n";
            command.ExecuteNonQuery();
        }
    }

    private static void Models()
    {
        Must("train", "loans.csv", "--label", "defaulted", "--model", "forest", "--out", "loans.onnx");
        Must("train", "houses.csv", "--label", "price", "--model", "ridge", "--out", "houses.onnx");
        Must("train", "rows.csv", "--label", "y", "--model", "mlp", "--out", "model.onnx");
        Must("train", "train-images.idx.gz", "--labels", "train-labels.idx.gz", "--model", "cnn", "--out", "digits.onnx");
        Must("quantize", "model.onnx", "int8.onnx");
        Must("quantize", "model.onnx", "int4.onnx", "--method", "int4");
        foreach ((string from, string to) in new[] { ("loans", "forest"), ("model", "float"), ("model", "big"), ("digits", "cnn"), ("digits", "leaves") })
        {
            Copy(from + ".onnx", to + ".onnx");
        }
    }

    private static void Runs(ITrackingStore store)
    {
        string credit = store.CreateExperiment("credit");
        store.CreateModel("credit");
        foreach ((string name, int i) in new[] { "3fa94c", "81d2e0", "baseline", "tuned", "fifth", "sixth", "seventh" }.Select((name, i) => (name, i)))
        {
            Run run = store.CreateRun(new NewRun(credit) { Name = name });
            store.LogBatch(run.Info.RunId, [new Metric("auc", 0.8 + (0.01 * i), 1), new Metric("loss", 0.5 - (0.01 * i), 1)], [new Param("model", "forest"), new Param("lr", "0.1")], [new Tag("keep", "yes")]);
            store.CreateVersion(new NewModelVersion("credit", run.Info.ArtifactUri) { RunId = run.Info.RunId });
        }

        var registry = new ModelRegistry(store);
        foreach ((int version, string alias) in new[] { (1, "champion"), (2, "champion"), (7, "challenger") })
        {
            registry.Promote("credit", version, alias, [], new PromotionNote("asha", "as the guide does"));
        }
    }
}
