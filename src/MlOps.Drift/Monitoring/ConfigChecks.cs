using System.Globalization;
using MlOps.Data;
using MlOps.Drift.Quality;

namespace MlOps.Drift.Monitoring;

/// <summary>The checks of a configuration.</summary>
internal static class ConfigChecks
{
    private static readonly string[] s_limits = ["warn-above", "warn-below", "alarm-above", "alarm-below"];

    internal static Func<Table?, IMonitorCheck> Read(ConfigNode node, string folder) => node.Key switch
    {
        "drift" => Drift(node),
        "volume" => Volume(node),
        "latency" => Latency(node),
        "metric" => Metric(node),
        "error-rate" => ErrorRate(node),
        "stream" => Stream(node),
        "quality" => Quality(node, folder),
        _ => throw node.Wrong("is no check; known are drift, volume, latency, metric, error-rate, stream, quality"),
    };

    private static Func<Table?, IMonitorCheck> Drift(ConfigNode node)
    {
        if (node.IsThere)
        {
            node.Knows("name", "columns", "ignore", "psi-moderate", "psi-significant", "alpha", "minimum-rows", "moderate", "significant");
        }

        var defaults = new DriftOptions();
        DriftOptions options;
        try
        {
            options = defaults with
            {
                PsiModerate = node["psi-moderate"].Number() ?? defaults.PsiModerate,
                PsiSignificant = node["psi-significant"].Number() ?? Math.Max(defaults.PsiSignificant, node["psi-moderate"].Number() ?? 0),
                Alpha = node["alpha"].Number() ?? defaults.Alpha,
            };
            options.Check();
        }
        catch (ArgumentException e)
        {
            throw node.Wrong(e.Message.Split(" (Parameter")[0].TrimEnd('.'));
        }

        IReadOnlyList<string>? columns = node["columns"].Texts();
        IReadOnlyList<string> ignored = node["ignore"].Texts() ?? [];
        int minimum = node["minimum-rows"].Whole(1) ?? 1;
        string name = node["name"].Text() ?? "drift";
        AlertSeverity moderate = node["moderate"].Word<AlertSeverity>() ?? AlertSeverity.Warning;
        AlertSeverity significant = node["significant"].Word<AlertSeverity>() ?? AlertSeverity.Critical;
        return reference =>
        {
            if (reference is null)
            {
                throw node.Wrong("compares with a reference: name one with 'reference: train.csv'");
            }

            foreach (string column in columns ?? [])
            {
                if (!reference.HasColumn(column))
                {
                    throw node["columns"].Wrong($"the reference has no column '{column}'. There are: {string.Join(", ", reference.Columns.Select(c => c.Name))}");
                }
            }

            string[] wanted = [.. (columns ?? [.. reference.Columns.Where(c => c.ValueType != typeof(DateTime)).Select(c => c.Name)]).Except(ignored)];
            return new DriftCheck(reference, options with { Columns = columns is null && ignored.Count == 0 ? null : wanted }, name)
            {
                MinimumRows = minimum,
                Moderate = moderate,
                Significant = significant,
            };
        };
    }

    private static Func<Table?, IMonitorCheck> Volume(ConfigNode node)
    {
        node.Knows(["name", "empty", .. s_limits]);
        string name = node["name"].Text() ?? "volume";
        Limits limits = ReadLimits(node);
        AlertSeverity empty = node["empty"].Word<AlertSeverity>() ?? AlertSeverity.Critical;
        return _ => new VolumeCheck(limits, name) { Empty = empty };
    }

    private static Func<Table?, IMonitorCheck> Latency(ConfigNode node)
    {
        node.Knows("name", "column", "unit", "percentiles");
        string column = node["column"].Needed();
        string name = node["name"].Text() ?? "latency";
        double unit = (node["unit"].Text() ?? "s") switch { "s" => 1, "ms" => 0.001, "us" => 0.000001, var other => throw node["unit"].Wrong($"expected s, ms or us, got '{other}'") };
        var percentiles = new Dictionary<double, Limits>();
        foreach ((string key, ConfigNode value) in node["percentiles"].Entries())
        {
            string digits = key.TrimStart('p');
            percentiles[double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double p) && p is >= 0 and <= 100 ? p : throw value.Wrong("expected a percentile such as p99")] =
                ReadLimits(value.Knows(s_limits));
        }

        if (percentiles.Count == 0)
        {
            throw node["percentiles"].Wrong("is needed, such as 'percentiles: { p99: { warn-above: 0.5 } }', limits in seconds");
        }

        return _ => new LatencyCheck(column, percentiles, unit, name);
    }

    private static Func<Table?, IMonitorCheck> Metric(ConfigNode node)
    {
        node.Knows(["name", "column", "of", .. s_limits]);
        string column = node["column"].Needed();
        string of = node["of"].Text() ?? "mean";
        Func<double[], double> statistic = of switch
        {
            "mean" => values => values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Average(),
            "min" => values => values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Min(),
            "max" => values => values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Max(),
            "missing" => values => (double)values.Count(double.IsNaN) / values.Length,
            _ => throw node["of"].Wrong($"expected mean, min, max or missing, got '{of}'"),
        };
        string name = node["name"].Text() ?? $"{of} of {column}";
        Limits limits = ReadLimits(node);
        return _ => new MetricCheck(name, batch => statistic(batch.Rows.Numbers(column)), limits);
    }

    private static Func<Table?, IMonitorCheck> ErrorRate(ConfigNode node)
    {
        node.Knows(["name", "label", "prediction", .. s_limits]);
        (string label, string prediction) = (node["label"].Needed(), node["prediction"].Needed());
        Limits limits = ReadLimits(node);
        return _ => new ErrorRateCheck(label, prediction, limits, node["name"].Text() ?? "error-rate");
    }

    private static Func<Table?, IMonitorCheck> Stream(ConfigNode node)
    {
        node.Knows(["name", "column", "label", "prediction", "detector", "detection", "suspicion", .. ConfigDetectors.Keys]);
        bool errors = node["label"].IsThere || node["prediction"].IsThere;
        if (errors == node["column"].IsThere)
        {
            throw node.Wrong("expected either 'column', or 'label' and 'prediction' to watch the errors of");
        }

        string subject = errors ? "errors" : node["column"].Needed();
        (string label, string prediction) = errors ? (node["label"].Needed(), node["prediction"].Needed()) : ("", "");
        string name = node["name"].Text() ?? $"stream {subject}";
        AlertSeverity detection = node["detection"].Word<AlertSeverity>() ?? AlertSeverity.Critical;
        AlertSeverity suspicion = node["suspicion"].Word<AlertSeverity>() ?? AlertSeverity.Info;
        ConfigDetectors.Read(node); // now, so that a wrong parameter is told at once; and again for every monitor, as a detector learns
        return _ => new StreamCheck(subject, batch => errors ? ErrorRateCheck.Errors(batch.Rows, label, prediction) : batch.Rows.RowCount == 0 ? [] : batch.Rows.Numbers(subject), ConfigDetectors.Read(node), name: name)
        {
            Detection = detection,
            Suspicion = suspicion,
        };
    }

    private static Func<Table?, IMonitorCheck> Quality(ConfigNode node, string folder)
    {
        if (node.IsMap)
        {
            node.Knows("name", "expectations");
        }

        ConfigNode file = node.IsMap ? node["expectations"] : node;
        string path = Path.Combine(folder, file.Needed());
        string name = node.IsMap ? node["name"].Text() ?? "quality" : "quality";
        try
        {
            var expectations = Expectations.FromYaml(File.ReadAllText(path));
            return _ => new ExpectationsCheck(expectations, name: name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ExpectationsFormatException)
        {
            throw file.Wrong($"{path}: {e.Message.TrimEnd('.')}");
        }
    }

    private static Limits ReadLimits(ConfigNode node) => new()
    {
        WarnAbove = node["warn-above"].Number(),
        WarnBelow = node["warn-below"].Number(),
        AlarmAbove = node["alarm-above"].Number(),
        AlarmBelow = node["alarm-below"].Number(),
    };
}
