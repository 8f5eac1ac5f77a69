using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Learning;
using MlOps.Learning.Anomaly;
using MlOps.Learning.Trees;

namespace MlOps.Bench;

/// <summary>Gradient boosting, random forest and isolation forest, ours and those of scikit-learn and XGBoost, on the same rows in one run.</summary>
public static class TreesBench
{
    private const int Columns = 30;
    private const int TestRows = 20_000;
    private const int Repeats = 5;

    /// <summary>Arguments: <c>[rows = 100000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when an area under the ROC curve is more than 0.005 below a peer's.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        string python = args.Length > 1 ? args[1] : "/usr/bin/python3";
        (Matrix x, int[] classes) = Make(rows + TestRows);
        Matrix train = x.Take([.. Enumerable.Range(0, rows)]);
        Matrix test = x.Take([.. Enumerable.Range(rows, TestRows)]);
        var y = new Labels(classes[..rows], ["0", "1"]);

        (double boostingFit, GradientBoostingClassifierModel boosting) = Best(() => new GradientBoostingClassifier().Fit(train, y), Repeats);
        (double boostingPredict, Matrix boosted) = Best(() => boosting.PredictProbabilities(test), Repeats);
        (double forestFit, RandomForestClassifierModel forest) = Best(() => new RandomForestClassifier().Fit(train, y), 2);
        (double forestPredict, Matrix voted) = Best(() => forest.PredictProbabilities(test), 2);
        (double isolationFit, IsolationForestModel isolation) = Best(() => new IsolationForest().Fit(train), Repeats);
        (double isolationPredict, double[] scores) = Best(() => isolation.Score(test), Repeats);
        JsonElement peer = RunPeer(python, x, classes, rows);

        Print($"Classification, {rows} × {Columns}, 100 rounds or trees, {Environment.ProcessorCount} cores; seconds to fit, to predict {TestRows} rows, area under the ROC curve there");
        double boostingAuc = Auc(boosted.Column(1), classes[rows..]);
        double forestAuc = Auc(voted.Column(1), classes[rows..]);
        bool close = true;
        Row("MlOps gradient boosting", boostingFit, boostingPredict, boostingAuc, boostingFit);
        close &= Beside($"scikit-learn {peer.GetProperty("sklearn").GetString()} HistGradientBoosting", "histGradientBoosting", "gradient boosting", boostingFit, boostingPredict, boostingAuc);
        close &= Beside($"XGBoost {peer.GetProperty("xgboost").GetString()} hist, lossguide", "xgboostHist", "gradient boosting", boostingFit, boostingPredict, boostingAuc);
        Row("MlOps random forest", forestFit, forestPredict, forestAuc, forestFit);
        close &= Beside($"scikit-learn {peer.GetProperty("sklearn").GetString()} RandomForest, n_jobs=2", "randomForest", "random forest", forestFit, forestPredict, forestAuc);

        JsonElement theirs = peer.GetProperty("isolationForest");
        double[] theirScores = [.. theirs.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())];
        Print($"Isolation forest, 100 trees");
        Print($"  {"MlOps",-42} {isolationFit,8:0.000} {isolationPredict,8:0.000}");
        Print($"  {"scikit-learn, n_jobs=2",-42} {theirs.GetProperty("fit").GetDouble(),8:0.000} {theirs.GetProperty("predict").GetDouble(),8:0.000}   fit {theirs.GetProperty("fit").GetDouble() / isolationFit:0.0} ×, predict {theirs.GetProperty("predict").GetDouble() / isolationPredict:0.0} × ours");
        Ratios.Time("isolation forest, fit", isolationFit, theirs.GetProperty("fit").GetDouble(), $"scikit-learn {peer.GetProperty("sklearn").GetString()}");
        Ratios.Time($"isolation forest, score {TestRows} rows", isolationPredict, theirs.GetProperty("predict").GetDouble(), $"scikit-learn {peer.GetProperty("sklearn").GetString()}");
        Print($"  correlation of the scores {Correlation(scores[..theirScores.Length], theirScores):0.000}");
        return close ? 0 : 1;

        bool Beside(string name, string key, string what, double ourFit, double ourPredict, double ourAuc)
        {
            JsonElement result = peer.GetProperty(key);
            double auc = result.GetProperty("auc").GetDouble();
            Row(name, result.GetProperty("fit").GetDouble(), result.GetProperty("predict").GetDouble(), auc, ourFit);
            Ratios.Time($"{what}, fit {rows} × {Columns}", ourFit, result.GetProperty("fit").GetDouble(), name);
            Ratios.Time($"{what}, predict {TestRows} rows", ourPredict, result.GetProperty("predict").GetDouble(), name);
            return ourAuc > auc - 0.005;
        }
    }

    private static void Row(string name, double fit, double predict, double auc, double ourFit) =>
        Print($"  {name,-42} {fit,8:0.000} {predict,8:0.000} {auc,8:0.0000}   {fit / ourFit,5:0.00} × our time to fit");

    /// <summary>Normal features; the class depends on ten of them, with bends, products and chance.</summary>
    private static (Matrix X, int[] Classes) Make(int rows)
    {
        var random = new Random(1);
        double[] values = new double[rows * Columns];
        int[] classes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = values.AsSpan(i * Columns, Columns);
            for (int j = 0; j < Columns; j++)
            {
                row[j] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            }

            double logit = row[0] + (0.7 * row[1]) - (0.5 * row[2]) + (row[3] * row[4]) + Math.Sin(2 * row[5]) + (0.5 * row[6] * row[6])
                - (row[7] > 0.5 ? 1 : 0) + (0.3 * row[8] * row[9] * row[0]) - 0.5;
            classes[i] = random.NextDouble() < 1 / (1 + Math.Exp(-1.5 * logit)) ? 1 : 0;
        }

        return (new Matrix(rows, Columns, values), classes);
    }

    private static (double Seconds, T Result) Best<T>(Func<T> run, int repeats)
    {
        double best = double.PositiveInfinity;
        T result = default!;
        for (int i = 0; i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            result = run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (best, result);
    }

    /// <summary>From ranks; ties count half.</summary>
    private static double Auc(double[] scores, int[] classes)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(i => scores[i])];
        double rankSum = 0;
        for (int i = 0; i < order.Length;)
        {
            int end = i;
            while (end < order.Length && scores[order[end]] == scores[order[i]])
            {
                end++;
            }

            for (int j = i; j < end; j++)
            {
                rankSum += classes[order[j]] * ((i + end + 1) / 2.0);
            }

            i = end;
        }

        double positives = classes.Sum();
        return (rankSum - (positives * (positives + 1) / 2)) / (positives * (classes.Length - positives));
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double product = a.Zip(b, (p, q) => (p - meanA) * (q - meanB)).Sum();
        return product / Math.Sqrt(a.Sum(p => (p - meanA) * (p - meanA)) * b.Sum(q => (q - meanB) * (q - meanB)));
    }

    private static JsonElement RunPeer(string python, Matrix x, int[] classes, int rows)
    {
        string folder = Directory.CreateTempSubdirectory("trees-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes(x.Values));
                stream.Write(MemoryMarshal.AsBytes<double>(Array.ConvertAll(classes, code => (double)code)));
            }

            return Peer.Run(python, "trees", data, rows, TestRows, Columns, Repeats);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
