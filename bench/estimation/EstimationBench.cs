using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Drift.Estimation;

namespace MlOps.Bench;

/// <summary>Calibration and estimated performance beside scikit-learn's on the same numbers, and how often the intervals hold.</summary>
public static class EstimationBench
{
    private const int Repeats = 5;
    private const int Simulations = 400;

    /// <summary>Arguments: <c>[rows = 1000000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        string python = args.Length > 1 ? args[1] : "/usr/bin/python3";
        var random = new Random(1);
        (double[] scores, bool[] labels) = Draw(random, rows, 1);
        (double[] later, _) = Draw(random, rows, 0.6);
        var plain = new ConfidenceBasedOptions { Replicates = 0, Calibration = CalibrationMethod.Isotonic };
        var small = ConfidenceBasedEstimator.Fit(scores.AsSpan(0, 2000), labels.AsSpan(0, 2000), plain);
        _ = small.Estimate(later); // compiled before it is timed

        (double fit, IsotonicCalibration curve) = Best(() => IsotonicCalibration.Fit(scores, labels));
        var estimator = ConfidenceBasedEstimator.Fit(scores, labels, plain);
        (double estimate, PerformanceReport report) = Best(() => estimator.Estimate(later));
        var full = ConfidenceBasedEstimator.Fit(scores.AsSpan(0, rows / 10), labels.AsSpan(0, rows / 10), plain with { Replicates = 200 });
        (double intervals, _) = Best(() => full.Estimate(later));
        JsonElement peer = RunPeer(python, scores, labels, later);
        double deviation = Deviation(peer, curve, estimator.Confusion(later), report.Periods[0][PerformanceMetric.RocAuc].Value, rows);
        double peerFit = peer.GetProperty("fit").GetDouble();
        double peerEstimate = peer.GetProperty("estimate").GetDouble();

        Print($"{rows} rows, {Environment.ProcessorCount} cores; best of {Repeats} and of 3");
        Print($"  isotonic fit: scikit-learn {peer.GetProperty("sklearn").GetString()}           {peerFit,8:0.000} s");
        Print($"  isotonic fit: MlOps.Drift                  {fit,8:0.000} s   {peerFit / fit,6:0.0} ×");
        Print($"  calibrate, confusion, AUC: scikit-learn    {peerEstimate,8:0.000} s");
        Print($"  the same and seven metrics: MlOps.Drift    {estimate,8:0.000} s   {peerEstimate / estimate,6:0.0} ×");
        Print($"  with intervals from 200 replicates         {intervals,8:0.000} s   {peerEstimate / intervals,6:0.0} ×");
        Print($"  largest deviation from scikit-learn        {deviation:0.0e+0}");
        string name = $"scikit-learn {peer.GetProperty("sklearn").GetString()}";
        Ratios.Time($"isotonic calibration, {rows} rows", fit, peerFit, name);
        Ratios.Time($"calibrate, confusion, AUC of {rows} rows (ours: and seven metrics)", estimate, peerEstimate, name);
        Coverage();
        LossLearners();
        return deviation < 1e-6 ? 0 : 1;
    }

    /// <summary>Scores with density bent towards 1 by a power below 1; the truth is less sure than the score.</summary>
    private static (double[] Scores, bool[] Labels) Draw(Random random, int rows, double power)
    {
        double[] scores = new double[rows];
        bool[] labels = new bool[rows];
        for (int i = 0; i < rows; i++)
        {
            scores[i] = Math.Pow(random.NextDouble(), power);
            labels[i] = random.NextDouble() < 0.15 + (0.6 * scores[i]);
        }

        return (scores, labels);
    }

    private static (double Seconds, T Result) Best<T>(Func<T> work)
    {
        double best = double.PositiveInfinity;
        T result = default!;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            result = work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (best, result);
    }

    private static JsonElement RunPeer(string python, double[] scores, bool[] labels, double[] later)
    {
        string folder = Directory.CreateTempSubdirectory("estimation-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes(scores.AsSpan()));
                stream.Write(MemoryMarshal.AsBytes(Array.ConvertAll(labels, label => label ? 1.0 : 0.0).AsSpan()));
                stream.Write(MemoryMarshal.AsBytes(later.AsSpan()));
            }

            return Peer.Run(python, "estimation", data, scores.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Shares of rows, the area, and the curve; the peer's area also counts each row against itself, which is 1/n of nothing.</summary>
    private static double Deviation(JsonElement peer, IsotonicCalibration curve, ExpectedConfusion confusion, double area, int rows)
    {
        double[] values = peer.GetProperty("values").Deserialize<double[]>()!;
        double[] ours =
        [
            confusion.TruePositives / rows, confusion.FalsePositives / rows, confusion.FalseNegatives / rows, confusion.TrueNegatives / rows, area,
        ];
        double largest = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(ours[i] - (values[i] / (i < 4 ? rows : 1))));
        }

        double[] theirs = peer.GetProperty("curve").Deserialize<double[]>()!;
        for (int i = 0; i < theirs.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(theirs[i] - curve.Calibrate(-0.1 + (1.2 * i / (theirs.Length - 1)))));
        }

        return largest;
    }

    /// <summary>How often a 95 % interval holds the realised value: the law of the labels the same, then turned around.</summary>
    private static void Coverage()
    {
        PerformanceMetric[] metrics = [PerformanceMetric.Accuracy, PerformanceMetric.Precision, PerformanceMetric.Recall, PerformanceMetric.F1, PerformanceMetric.RocAuc, PerformanceMetric.AveragePrecision];
        int[] covered = new int[metrics.Length];
        int afterShift = 0;
        for (int s = 0; s < Simulations; s++)
        {
            var random = new Random(s);
            (double[] scores, bool[] labels) = Draw(random, 3000, 1);
            (double[] later, bool[] truth) = Draw(random, 1000, 0.6);
            var estimator = ConfidenceBasedEstimator.Fit(scores, labels, new ConfidenceBasedOptions { Replicates = 100, Seed = s });
            PerformancePeriod period = estimator.Estimate(later, Chunks.ByNumber(later.Length, 1), truth).Periods[0];
            for (int m = 0; m < metrics.Length; m++)
            {
                covered[m] += period[metrics[m]].Covered == true ? 1 : 0;
            }

            bool[] shifted = Array.ConvertAll(later, score => random.NextDouble() < 0.35 + (0.2 * score));
            afterShift += estimator.Estimate(later, Chunks.ByNumber(later.Length, 1), shifted).Periods[0][PerformanceMetric.Accuracy].Covered == true ? 1 : 0;
        }

        Print($"Coverage of 95 % intervals in {Simulations} simulations (3,000 reference rows, 1,000 rows with higher scores)");
        for (int m = 0; m < metrics.Length; m++)
        {
            Print($"  {metrics[m],-18} {100.0 * covered[m] / Simulations,6:0.0} %");
        }

        Print($"  accuracy, after a concept shift: {100.0 * afterShift / Simulations:0.0} %");
    }

    /// <summary>Estimated against realised mean absolute error where the noise depends on the inputs and the inputs move.</summary>
    private static void LossLearners()
    {
        (string Name, LossLearner Learner)[] learners =
        [
            ("mean of the reference", (rows, columns, losses, _) => new Quadratic(rows, columns, losses, constant: true)),
            ("quadratic ridge", (rows, columns, losses, _) => new Quadratic(rows, columns, losses, constant: false)),
            ("bagged trees (default)", BaggedTrees.Fit),
        ];
        Print($"Mean relative error of the estimated MAE, 20 seeds, 5,000 reference rows, inputs moved to the noisier half");
        foreach ((string name, LossLearner learner) in learners)
        {
            double smooth = 0, steps = 0;
            for (int seed = 0; seed < 20; seed++)
            {
                smooth += RelativeError(learner, seed, (x, z) => 0.2 + (x * x / 3)) / 20;
                steps += RelativeError(learner, seed, (x, z) => 0.2 + (x > 2 ? 1.5 : 0) + (z > 0 && x > 1 ? 1 : 0)) / 20;
            }

            Print($"  {name,-24} smooth noise {100 * smooth,5:0.0} %, noise in steps {100 * steps,5:0.0} %");
        }
    }

    private static double RelativeError(LossLearner learner, int seed, Func<double, double, double> noise)
    {
        var random = new Random(seed);
        (double[] features, double[] predictions, double[] targets) = Regression(random, 5000, 0, noise);
        var estimator = DirectLossEstimator.Fit(features, predictions, targets, new DirectLossOptions { Learner = learner, Replicates = 50, Seed = seed });
        (features, predictions, targets) = Regression(random, 20_000, 1.5, noise);
        PerformanceEstimate error = estimator.Estimate(features, predictions, Chunks.ByNumber(predictions.Length, 1), targets).Periods[0][PerformanceMetric.MeanAbsoluteError];
        return Math.Abs((error.Value / error.Realised!.Value) - 1);
    }

    private static (double[] Features, double[] Predictions, double[] Targets) Regression(Random random, int n, double low, Func<double, double, double> noise)
    {
        double[] features = new double[2 * n];
        double[] predictions = new double[n];
        double[] targets = new double[n];
        for (int i = 0; i < n; i++)
        {
            (double x, double z) = (low + ((3 - low) * random.NextDouble()), Normal(random));
            (features[2 * i], features[(2 * i) + 1]) = (x, z);
            predictions[i] = (2 * x) + z;
            targets[i] = predictions[i] + (noise(x, z) * Normal(random));
        }

        return (features, predictions, targets);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The other candidate for the default: squares and products of the columns, a little ridge, solved by elimination.</summary>
    private sealed class Quadratic : ILossModel
    {
        private readonly bool _constant;
        private readonly double[] _weights;

        internal Quadratic(ReadOnlySpan<double> rows, int columns, ReadOnlySpan<double> losses, bool constant)
        {
            _constant = constant;
            int terms = Terms(rows[..columns]).Length;
            double[][] system = [.. Enumerable.Range(0, terms).Select(_ => new double[terms + 1])];
            for (int i = 0; i < losses.Length; i++)
            {
                double[] t = Terms(rows.Slice(i * columns, columns));
                for (int a = 0; a < terms; a++)
                {
                    for (int b = 0; b < terms; b++)
                    {
                        system[a][b] += t[a] * t[b];
                    }

                    system[a][terms] += t[a] * losses[i];
                }
            }

            _weights = Solve(system, 1e-6 * losses.Length);
        }

        public double Predict(ReadOnlySpan<double> row)
        {
            double[] t = Terms(row);
            double sum = 0;
            for (int a = 0; a < t.Length; a++)
            {
                sum += _weights[a] * t[a];
            }

            return sum;
        }

        private static double[] Solve(double[][] system, double ridge)
        {
            int n = system.Length;
            for (int k = 0; k < n; k++)
            {
                system[k][k] += ridge;
            }

            for (int k = 0; k < n; k++)
            {
                for (int row = 0; row < n; row++)
                {
                    double factor = row == k ? 0 : system[row][k] / system[k][k];
                    for (int c = k; c <= n && factor != 0; c++)
                    {
                        system[row][c] -= factor * system[k][c];
                    }
                }
            }

            return [.. system.Select((row, k) => row[n] / row[k])];
        }

        private double[] Terms(ReadOnlySpan<double> row)
        {
            if (_constant)
            {
                return [1];
            }

            List<double> terms = [1, .. row];
            for (int a = 0; a < row.Length; a++)
            {
                for (int b = a; b < row.Length; b++)
                {
                    terms.Add(row[a] * row[b]);
                }
            }

            return [.. terms];
        }
    }
}
