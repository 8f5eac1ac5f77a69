using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Learning;
using MlOps.Learning.Linear;
using MlOps.Learning.Neighbors;
using MlOps.Learning.SupportVectors;

namespace MlOps.Bench;

/// <summary>Our linear models, nearest neighbours and support vector machines and scikit-learn's on the same numbers, one after the other in one run.</summary>
public static class LinearBench
{
    /// <summary>Arguments: <c>[rows = 100000] [columns = 30] [repeats = 7] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer fails or disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        int columns = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
        int repeats = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 7;
        string python = args.Length > 3 ? args[3] : "/usr/bin/python3";

        (Matrix x, Labels y) = Make(rows, columns, seed: 1);
        double[] targets = Array.ConvertAll(y.Codes.ToArray(), code => (double)code);
        int learn = rows / 2;
        Matrix half = Rows(x, 0, learn);
        Matrix asked = Rows(x, learn, learn + (rows / 20));
        Labels halfLabels = y.Take([.. Enumerable.Range(0, learn)]);
        int few = rows / 10;
        Matrix some = Rows(x, 0, few);
        Labels someLabels = y.Take([.. Enumerable.Range(0, few)]);
        Matrix others = Rows(x, few, 2 * few);

        (double ols, LinearRegressionModel plane) = Best(repeats, () => new LinearRegression().Fit(x, targets));
        (double logistic, LogisticRegressionModel logit) = Best(repeats, () => new LogisticRegression().Fit(x, y));
        KNeighborsClassifierModel neighborModel = new KNeighborsClassifier().Fit(half, halfLabels);
        (double neighbors, Matrix shares) = Best(repeats, () => neighborModel.PredictProbabilities(asked));
        (double rbf, RbfSvmModel machine) = Best(Math.Min(2, repeats), () => new RbfSvm().Fit(some, someLabels));
        (double rbfScoring, Matrix decisions) = Best(Math.Min(2, repeats), () => machine.DecisionValues(others));
        (double linear, LinearSvmModel margin) = Best(Math.Min(2, repeats), () => new LinearSvm(0.01).Fit(x, y));

        JsonElement peer = RunPeer(python, x, targets, repeats);
        Print($"{rows} rows × {columns} columns, {Environment.ProcessorCount} cores; scikit-learn {peer.GetProperty("sklearn").GetString()} on {peer.GetProperty("blas").GetString()}; the ratio is theirs / ours");
        bool agree = Line("least squares", ols, "ols", "olsCoefficients", [.. plane.Coefficients], 1e-8);
        agree &= Line("logistic", logistic, "logistic", "logisticCoefficients", logit.Coefficients.Values.ToArray(), 1e-4);
        agree &= Line($"5 neighbours of {rows / 20} in {learn}", neighbors, "neighbors", "neighborProbabilities", shares.Column(1), 1e-9);
        agree &= Line($"RBF SVM, {few} rows", rbf, "rbf", "rbfDecision", decisions.Column(0), 2e-2); // both stop at a violation of 1e-3
        agree &= Line($"its scores for {few} rows", rbfScoring, "rbfScoring", "rbfDecision", decisions.Column(0), 2e-2);
        agree &= Line("linear SVM, C = 0.01", linear, "linearSvm", "linearSvmCoefficients", margin.Coefficients.Values.ToArray(), 1e-3);
        return agree ? 0 : 1;

        bool Line(string task, double ours, string seconds, string numbers, double[] values, double tolerance)
        {
            double theirs = peer.GetProperty(seconds).GetDouble();
            double largest = peer.GetProperty(numbers).EnumerateArray().Zip(values, (a, b) => Math.Abs(a.GetDouble() - b)).Max();
            Print($"  {task,-36} {ours,9:0.0000} s  scikit-learn {theirs,9:0.0000} s   × {theirs / ours,6:0.00}   largest deviation {largest:0.0e+0}");
            Ratios.Time(task.Contains("of", StringComparison.Ordinal) || task.Contains("rows", StringComparison.Ordinal) ? task : $"{task}, {rows} × {columns}", ours, theirs, $"scikit-learn {peer.GetProperty("sklearn").GetString()}");
            return largest <= tolerance;
        }
    }

    private static (Matrix X, Labels Y) Make(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        double[] w = [.. Enumerable.Range(0, columns).Select(_ => 0.5 * Normal(random))];
        var values = new double[rows * columns];
        var codes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            double score = 0;
            for (int j = 0; j < columns; j++)
            {
                values[(i * columns) + j] = Normal(random);
                score += w[j] * values[(i * columns) + j];
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

    private static JsonElement RunPeer(string python, Matrix x, double[] y, int repeats)
    {
        string folder = Directory.CreateTempSubdirectory("linear-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes(x.Values));
                stream.Write(MemoryMarshal.AsBytes(y.AsSpan()));
            }

            return Peer.Run(python, "linear", data, x.RowCount, x.ColumnCount, repeats);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
