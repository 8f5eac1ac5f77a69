using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Explain;
using MlOps.Explain.Shapley;
using MlOps.Learning;

namespace MlOps.Bench;

/// <summary>Kernel SHAP and exact enumeration, ours and NumPy's: the same model (linear with a sigmoid), background, rows and number of coalitions.</summary>
public static class ShapBench
{
    private const int Repeats = 5;

    /// <summary>Runs before the clock counts: the just-in-time compiler has made its best code by then.</summary>
    private const int WarmUps = 5;

    /// <summary>Arguments: <c>[rows = 20] [background rows = 100] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer fails or disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        int background = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100;
        string python = args.Length > 2 ? args[2] : "/usr/bin/python3";

        Print($"Shapley values of {rows} rows, {background} background rows, model: linear with a sigmoid; ours on every core");
        bool agree = true;
        foreach (int features in new[] { 11, 30, 60 })
        {
            agree &= Compare($"kernel SHAP, {features} features", features, rows, background, (2 * features) + 2048, python, (model, b) => new KernelShap(model, b));
        }

        return agree & Compare("exact, 12 features", 12, rows, background, 0, python, (model, b) => new ExactShap(model, b)) ? 0 : 1;
    }

    private static bool Compare(string name, int features, int rows, int background, int samples, string python, Func<ExplainedModel, Matrix, IExplainer> make)
    {
        var random = new Random(features);
        double[] numbers = [.. Enumerable.Range(0, features + 1 + (features * (background + rows))).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] coefficients = numbers[..features];
        double intercept = numbers[features];
        int first = features + 1;
        var backgroundRows = new Matrix(background, features, numbers[first..(first + (background * features))]);
        var x = new Matrix(rows, features, numbers[(first + (background * features))..]);
        ExplainedModel model = ExplainedModel.Of(backgroundRows.ColumnNames, z => Predict(z, coefficients, intercept), threadSafe: true);

        double best = double.PositiveInfinity;
        Explanations found = make(model, backgroundRows).Explain(x);
        for (int i = -WarmUps; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            found = make(model, backgroundRows).Explain(x);
            best = i < 0 ? best : Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        JsonElement peer = RunPeer(python, numbers, features, background, rows, samples);
        double theirs = peer.GetProperty("seconds").GetDouble();
        double deviation = 0;
        double errors = 0;
        for (int i = 0; i < rows * features; i++)
        {
            double difference = Math.Abs(found.Amounts.Values[i] - peer.GetProperty("values")[i].GetDouble());
            deviation = Math.Max(deviation, difference);
            errors = Math.Max(errors, found.StandardErrors is { } standard && standard.Values[i] > 0 ? difference / standard.Values[i] : 0);
        }

        Print($"  {name,-25} ours {1000 * best,8:0.0} ms   NumPy {peer.GetProperty("numpy").GetString()} {1000 * theirs,8:0.0} ms   {theirs / best,5:0.0} × (all rows in one array {1000 * peer.GetProperty("plain").GetDouble():0} ms)   largest deviation {deviation:0.0e+0}{(errors > 0 ? string.Create(CultureInfo.InvariantCulture, $" = {errors:0.0} standard errors") : "")}");
        Ratios.Time($"{name}, {rows} rows", best, theirs, $"NumPy {peer.GetProperty("numpy").GetString()}");

        // Where coalitions are drawn each side draws its own: two errors apart at most, four standard errors each.
        return errors > 0 ? errors < 8 : deviation < 1e-9;
    }

    private static double[] Predict(Matrix x, double[] coefficients, double intercept)
    {
        var predictions = new double[x.RowCount];
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = TensorPrimitives.Dot(x.Row(i), coefficients) + intercept;
        }

        TensorPrimitives.Sigmoid(predictions, predictions);
        return predictions;
    }

    private static JsonElement RunPeer(string python, double[] numbers, params IEnumerable<int> sizes)
    {
        string data = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes<double>(numbers));
            }

            return Peer.Run(python, "shap", [data, .. sizes.Cast<IConvertible>()]);
        }
        finally
        {
            File.Delete(data);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
