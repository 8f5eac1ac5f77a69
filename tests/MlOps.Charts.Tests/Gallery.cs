namespace MlOps.Charts.Tests;

/// <summary>One figure of each kind, as the course uses them. Every test of "all kinds" walks this list.</summary>
public static class Gallery
{
    private static readonly int[] Months = [.. Enumerable.Range(1, 18)];

    private static readonly double[] Psi = [0.01, 0.012, 0.02, 0.015, 0.03, 0.028, 0.04, 0.06, 0.09, 0.19, 0.27, 0.31, 0.3, 0.33, 0.36, 0.34, 0.37, 0.41];

    public static IReadOnlyDictionary<string, Figure> Figures { get; } = new Dictionary<string, Figure>
    {
        ["line"] = Chart.Line(Months, Psi, "income")
            .Titled("PSI of income crosses the alarm line in month 11", "20,000 made loan applications, months 1 to 6 as reference")
            .XAxis("month").YAxis("PSI", "nats")
            .Band(0.1, 0.25, "moderate: 0.1 to 0.25, folklore").Threshold(0.25, "significant: 0.25, folklore")
            .Annotate(10, 0.19, "drift begins"),
        ["lines"] = Lines(),
        ["confidence"] = Chart.Line(Months, Psi, "mean PSI", Role.Current)
            .WithConfidence([.. Psi.Select(p => p * 0.7)], [.. Psi.Select(p => p * 1.25)], "95 % bootstrap")
            .Add(Chart.Line(Months, Months.Select(_ => 0.05).ToArray(), "reference level", Role.Reference, markers: false))
            .Titled("The rise is larger than chance", "600 applications a month, 1,000 resamples").XAxis("month").YAxis("PSI", "nats"),
        ["scatter"] = Chart.Scatter(Sample(300, 1, 40, 10), Sample(300, 2, 50, 12), "approved")
            .Add(Chart.Scatter(Sample(80, 3, 55, 6), Sample(80, 4, 30, 6), "defaulted", Role.Alarm))
            .Titled("Defaults gather at high age and low income", "made data, n = 380").XAxis("age", "years").YAxis("income", "1,000 INR a month"),
        ["scatter-many"] = Chart.Scatter(Sample(20000, 1, 0, 1), Sample(20000, 2, 0, 1)).Titled("Twenty thousand points are thinned", "standard normal")
            .XAxis("first").YAxis("second"),
        ["dates"] = Chart.Line([.. Enumerable.Range(0, 18).Select(m => new DateTime(2024, 1, 1).AddMonths(m))], Psi, "income")
            .VerticalBand(new DateTime(2024, 10, 15), new DateTime(2024, 11, 15), "Diwali")
            .VerticalThreshold(new DateTime(2025, 2, 1), "new scoring rule", Role.Alarm)
            .Titled("Dates on the axis", "monthly").XAxis("month").YAxis("PSI", "nats"),
        ["log"] = Chart.Line(new double[] { 1, 10, 100, 1000, 10000 }, [0.9, 0.31, 0.1, 0.032, 0.01], "standard error")
            .Threshold(0.05, "wanted: 0.05").Titled("Four times the data, half the error").XAxis("n", log: true).YAxis("standard error", log: true).Annotate(100, 0.1, "n = 100"),
        ["area"] = Chart.Area(Months, [.. Months.Select(m => 1000.0 + 40 * m + (m is 10 or 11 ? 600 : 0))], "applications")
            .Titled("Applications rise at Diwali", "count per month").XAxis("month").YAxis("applications", "per month"),
        ["bar"] = Chart.Bar(["home", "car", "education", "wedding", "medical"], [812, 640, 301, 290, 122])
            .Titled("Homes and cars are two thirds of all loans", "approved, n = 2,165").XAxis("purpose").YAxis("loans"),
        ["bar-negative"] = Chart.Bar(["age", "income", "tier", "purpose"], [-0.12, 0.3, -0.02, 0.11]).WithErrors([0.03, 0.05, 0.02, 0.04])
            .Titled("Income gains most weight", "difference of coefficients, 95 % interval").YAxis("difference"),
        ["bar-horizontal"] = Chart.HorizontalBar(
                ["employment_length_in_current_job", "income", "age", "city_tier", "pin_code_cluster", "festival_season"], [0.31, 0.28, 0.12, 0.05, 0.04, -0.01])
            .Titled("Employment and income drift most").XAxis("PSI", "nats").VerticalThreshold(0.25, "significant, folklore", Role.Alarm),
        ["bars-grouped"] = Chart.GroupedBars(["tier 1", "tier 2", "tier 3"], ("2024", [0.61, 0.55, 0.41]), ("2025", [0.63, 0.5, 0.33]), ("2026", [0.62, 0.46, 0.3]))
            .Titled("Approval falls in smaller cities", "n = 20,000").XAxis("city tier").YAxis("approval rate")
            .Threshold(0.504, "four fifths of tier 1 in 2026, 29 CFR 1607.4"),
        ["bars-stacked"] = Chart.StackedBars(["Q1", "Q2", "Q3", "Q4"], ("approved", [410, 430, 460, 380]), ("refused", [200, 190, 210, 260]), ("withdrawn", [-20, -30, -10, -25]))
            .Titled("Refusals grow in the last quarter").XAxis("quarter").YAxis("applications"),
        ["histogram"] = Chart.Histogram(Sample(5000, 7, 52, 11), 30).Titled("Incomes are roughly normal", "n = 5,000").XAxis("income", "1,000 INR a month"),
        ["histogram-two"] = Chart.Histogram(Sample(5000, 7, 52, 11), Sample(1200, 8, 58, 13), 30)
            .Titled("Income has moved up since training", "reference n = 5,000, current n = 1,200").XAxis("income", "1,000 INR a month"),
        ["box"] = Chart.Box(("tier 1", Sample(400, 1, 60, 12)), ("tier 2", Sample(300, 2, 48, 9)), ("tier 3", Sample(200, 3, 40, 8)))
            .Titled("Income falls with city tier", "n = 900").XAxis("city tier").YAxis("income", "1,000 INR"),
        ["violin"] = Chart.Violin(("tier 1", Sample(400, 1, 60, 12)), ("tier 2", Bimodal()), ("tier 3", Sample(200, 3, 40, 8)))
            .Titled("Tier 2 holds two populations", "n = 1,000").XAxis("city tier").YAxis("income", "1,000 INR").Threshold(35, "poverty line, made", Role.Neutral),
        ["heatmap"] = Chart.Heatmap(["approve", "refuse"], ["approve", "refuse"], new double[,] { { 812, 96 }, { 143, 449 } }, "applications")
            .Titled("One refusal in four is wrong", "test set, n = 1,500").XAxis("predicted").YAxis("actual"),
        ["heatmap-large"] = Chart.Heatmap([.. Enumerable.Range(1, 18)], [.. Enumerable.Range(1, 20).Select(f => $"feature {f:00}")], Waves(20, 18), "PSI change", diverging: true)
            .Titled("Drift spreads from month 10 on", "20 features, 18 months").XAxis("month"),
        ["waterfall"] = Chart.Waterfall(["base rate", "income", "age", "employment", "tier"], [0.32, 0.18, -0.07, 0.11, -0.03], "prediction")
            .Titled("Income lifts this application most", "Shapley values, one applicant").YAxis("probability of approval"),
        ["spans"] = Chart.Spans(["income = 30", "age = 52", "2 others"], [0.32, 0.5, 0.43], [0.5, 0.43, 0.46], ["+0.18", "−0.07", "+0.03"])
            .Titled("Income lifts this application most", "Shapley values, one applicant").XAxis("probability of approval").VerticalThreshold(0.32, "base"),
        ["swarm"] = Chart.Swarm("value (rank)", ("income", Sample(300, 1, 0, 1), [.. Enumerable.Range(0, 300).Select(i => i / 299.0)]), ("town", Sample(300, 2, 0, 0.2), [.. Enumerable.Repeat(double.NaN, 300)]))
            .Titled("Income moves the prediction most", "n = 300").XAxis("contribution"),
        ["shaded"] = Chart.Scatter(Sample(300, 1, 40, 10), Sample(300, 2, 0, 1)).Shaded(Sample(300, 3, 50, 5), "age")
            .Titled("Points coloured by a third value", "n = 300").XAxis("income").YAxis("contribution"),
        ["sized"] = Chart.Scatter([0.4, 0.9, 1.6], [97.1, 98.2, 98.4]).Sized([0.6, 1.1, 4.2], "size, MB")
            .Titled("A quarter of the size costs 0.2 points", "test set, n = 2,000").XAxis("latency", "ms").YAxis("accuracy", "%"),
        ["indicator"] = Chart.Indicator(212, "p99 latency", before: 180, unit: "ms", lowerIsBetter: true).Titled("The new model is slower"),
        ["table"] = Chart.Table(("feature", ["income", "age", "employment"]), ("PSI", [0.31, 0.12, 0.02]), ("drift", ["significant", "moderate", "none"]))
            .Titled("One of three features drifts significantly", "months 12 v. 1"),
        ["parallel"] = Chart.ParallelCoordinates(
                ("learning rate", Sample(60, 4, 0.1, 0.03)), ("depth", [.. Enumerable.Range(0, 60).Select(i => 2 + i % 6)]),
                ("loss", [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? "huber" : "squared")]), ("AUC", Sample(60, 6, 0.8, 0.04)))
            .Titled("No single parameter decides", "60 runs"),
        ["grid"] = Chart.Grid(
            2,
            Chart.Histogram(Sample(5000, 7, 52, 11), Sample(1200, 8, 58, 13), 20).Titled("income").XAxis("1,000 INR"),
            Chart.Histogram(Sample(5000, 9, 40, 8), Sample(1200, 10, 40, 8), 20).Titled("age").XAxis("years"),
            Chart.Line(Months, Psi).Titled("PSI of income").XAxis("month").YAxis("PSI", "nats").Threshold(0.25, "significant"),
            Chart.Bar(["income", "age"], [0.31, 0.02]).Titled("PSI in month 12").YAxis("PSI", "nats")).Titled("Income drifts, age does not", "20,000 made applications"),
        ["indicators"] = Chart.Grid(3, Chart.Indicator(0.87, "AUC", 0.91), Chart.Indicator(0.31, "PSI of income", 0.02, lowerIsBetter: true), Chart.Indicator(12400, "requests", unit: "/h")),
        ["hundred"] = Chart.Bar([.. Enumerable.Range(1, 100).Select(i => $"category {i}")], [.. Enumerable.Range(1, 100).Select(i => 50 + 40 * Math.Sin(i / 9.0))])
            .Titled("A hundred categories stay readable").YAxis("count"),
        ["gaps"] = Chart.Line(Months, [.. Psi.Select((p, i) => i is 5 or 12 or 14 ? double.NaN : p)]).Titled("Missing months are gaps").XAxis("month").YAxis("PSI", "nats"),
        ["hostile"] = Chart.Bar(["<script>alert(1)</script>", "\"&'", "हिन्दी 🙂"], [1, 2, 3], "<b>x</b>").Titled("<script>alert('title')</script> & more", "<img src=x onerror=alert(1)>"),
    };

    /// <summary>Values of a normal distribution, equal on every machine.</summary>
    public static double[] Sample(int n, int seed, double mean, double deviation)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(_ =>
            mean + deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }

    private static double[] Bimodal() => [.. Sample(200, 5, 38, 4), .. Sample(200, 6, 60, 5)];

    private static Figure Lines() => Chart.Overlay(
            [.. new[] { "logistic", "tree", "forest", "boosting", "network", "k-NN" }.Select((name, s) =>
                Chart.Line(Months, [.. Months.Select(m => 0.9 - 0.02 * s - 0.004 * m * (s + 1) / 3)], name))])
        .Titled("Every model loses accuracy, the complex ones faster", "test accuracy per month, n = 600 each").XAxis("month").YAxis("accuracy");

    private static double[,] Waves(int rows, int columns)
    {
        var cells = new double[rows, columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                cells[r, c] = r == 3 && c == 4 ? double.NaN : Math.Sin((r + 1) * (c - 3) / 25.0) * (c < 9 ? 0.2 : 1);
            }
        }

        return cells;
    }
}
