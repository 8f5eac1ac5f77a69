using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Data;
using MlOps.Learning;
using MlOps.Learning.Linear;
using MlOps.Learning.Trees;
using MlOps.Onnx;

namespace MlOps.Bench;

/// <summary>Predictions of a logistic regression and a random forest: our C# model, its ONNX file in ONNX Runtime, and scikit-learn on the same rows, in one run.</summary>
public static class OnnxBench
{
    private const int TrainRows = 10_000;

    /// <summary>Arguments: <c>[rows = 100000] [columns = 30] [repeats = 5] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer fails or disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        int columns = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
        int repeats = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5;
        string python = args.Length > 3 ? args[3] : "/usr/bin/python3";

        (Matrix all, Labels labels) = Make(rows + TrainRows, columns);
        Matrix train = Rows(all, 0, TrainRows);
        Labels trainLabels = labels.Take([.. Enumerable.Range(0, TrainRows)]);
        Matrix x = Rows(all, TrainRows, TrainRows + rows);
        LogisticRegressionModel logistic = new LogisticRegression().Fit(train, trainLabels);
        RandomForestClassifierModel forest = new RandomForestClassifier(maxDepth: 12).Fit(train, trainLabels);
        JsonElement peer = RunPeer(python, all, labels, rows, repeats);

        Print($"{rows} rows × {columns} columns, {Environment.ProcessorCount} cores; scikit-learn {peer.GetProperty("sklearn").GetString()} on {peer.GetProperty("blas").GetString()}; the ratio is scikit-learn / ours");
        bool agree = Compare("logistic", logistic, x, repeats, peer, 1e-3);
        agree &= Compare("forest, 100 trees of depth 12", forest, x, repeats, peer, 0.1); // two draws of bootstrap samples
        return agree ? 0 : 1;
    }

    private static bool Compare(string task, IProbabilisticClassifier model, Matrix x, int repeats, JsonElement peer, double tolerance)
    {
        JsonElement theirs = peer.GetProperty(task.Split(',')[0]);
        double seconds = theirs.GetProperty("seconds").GetDouble();
        double[] expected = [.. theirs.GetProperty("probabilities").EnumerateArray().Select(value => value.GetDouble())];
        using var onnx = OnnxModel.Open(OnnxExport.Export(model));
        var table = new Table(x.ColumnNames.Select((name, j) => Column.Of(name, x.Column(j))));
        (double own, double[] probabilities) = Best(repeats, () => model.PredictProbabilities(x).Column(1));
        (double matrix, double[] fromMatrix) = Best(repeats, () => onnx.Predict(x).Scores!.Column(1));
        (double ofTable, double[] fromTable) = Best(repeats, () => onnx.Predict(table).Scores!.Column(1));
        double one = Best(repeats, () => One(onnx, x)).Seconds / 1000;

        double runtime = Math.Max(Largest(probabilities, fromMatrix), Largest(probabilities, fromTable));
        double mean = probabilities.Zip(expected, (a, b) => Math.Abs(a - b)).Average();
        Print($"  {task}: scikit-learn {seconds:0.0000} s; mean difference of the probabilities {mean:0.0e+0}, of ONNX Runtime from C# at most {runtime:0.0e+0}");
        Print($"    C# model                      {own,8:0.0000} s   × {seconds / own:0.00}");
        Print($"    ONNX Runtime, from a matrix   {matrix,8:0.0000} s   × {seconds / matrix:0.00}");
        Print($"    ONNX Runtime, from a table    {ofTable,8:0.0000} s   × {seconds / ofTable:0.00}");
        Print($"    ONNX Runtime, one row         {one * 1e6,8:0.0} µs  × {theirs.GetProperty("one").GetDouble() / one:0.00}");
        string name = $"scikit-learn {peer.GetProperty("sklearn").GetString()}";
        Ratios.Time($"{task}, {x.RowCount} rows, C# model", own, seconds, name);
        Ratios.Time($"{task}, ONNX Runtime from a matrix", matrix, seconds, name);
        Ratios.Time($"{task}, ONNX Runtime, one row", one, theirs.GetProperty("one").GetDouble(), name);
        return mean <= tolerance && runtime <= 1e-5;
    }

    /// <summary>A thousand predictions of one row.</summary>
    private static double One(OnnxModel model, Matrix x)
    {
        double sum = 0;
        for (int i = 0; i < 1000; i++)
        {
            sum += model.Predict(x.Take([i])).Scores![0, 1];
        }

        return sum;
    }

    private static double Largest(double[] a, double[] b) => a.Zip(b, (p, q) => Math.Abs(p - q)).Max();

    private static (Matrix X, Labels Y) Make(int rows, int columns)
    {
        var random = new Random(1);
        double[] w = [.. Enumerable.Range(0, columns).Select(_ => 0.5 * Normal(random))];
        var values = new double[rows * columns];
        var codes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            double score = 0;
            for (int j = 0; j < columns; j++)
            {
                double value = (float)Normal(random); // what the file's input can hold
                values[(i * columns) + j] = value;
                score += w[j] * value;
            }

            codes[i] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        }

        return (new Matrix(rows, columns, values), new Labels(codes, ["0", "1"]));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Matrix Rows(Matrix x, int start, int end) => x.Take([.. Enumerable.Range(start, end - start)]);

    private static (double Seconds, T Result) Best<T>(int repeats, Func<T> work)
    {
        T result = work(); // compiled before it is timed
        double best = double.PositiveInfinity;
        for (int i = 0; i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            result = work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (best, result);
    }

    private static JsonElement RunPeer(string python, Matrix x, Labels y, int rows, int repeats)
    {
        string folder = Directory.CreateTempSubdirectory("onnx-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes(x.Values));
                stream.Write(MemoryMarshal.AsBytes(y.Codes));
            }

            return Peer.Run(python, "onnx", data, rows, TrainRows, x.ColumnCount, repeats);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
