using MlOps.Charts;

namespace MlOps.Explain;

public sealed partial record Explanation
{
    /// <summary>The way from the base value to the prediction: one bar a feature, each beginning where the one above ends.</summary>
    /// <param name="top">Bars of the largest contributions; all others are one bar. At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public Figure Waterfall(int top = 10)
    {
        IReadOnlyList<(string Name, double Amount)> steps = Steps(Guard.AtLeast(top, 1));
        var from = new double[steps.Count];
        var to = new double[steps.Count];
        double level = BaseValue;
        for (int i = 0; i < from.Length; i++)
        {
            from[i] = level;
            to[i] = level += steps[i].Amount;
        }

        return Chart.Spans(steps.Select(step => step.Name).ToArray(), from, to, steps.Select(step => Signed(step.Amount)).ToArray())
            .VerticalThreshold(BaseValue, $"base {Number(BaseValue)}").VerticalThreshold(Prediction, $"prediction {Number(Prediction)}", Role.Current)
            .XAxis(Output).Titled(Headline(), Method);
    }

    /// <summary>What pushes the prediction up against what pushes it down: they meet at the prediction, the largest pieces next to it.</summary>
    /// <param name="top">Pieces of the largest contributions; all others are one piece a side. At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public Figure Force(int top = 10)
    {
        IReadOnlyList<(string Name, double Amount)> steps = Steps(Guard.AtLeast(top, 1));
        var rows = new List<string>();
        var from = new List<double>();
        var to = new List<double>();
        var labels = new List<string>();
        double left = Prediction;
        double right = Prediction;
        foreach ((string name, double amount) in steps)
        {
            rows.Add(amount >= 0 ? "raises" : "lowers");
            labels.Add(name);
            (double start, double end) = amount >= 0 ? (left - amount, left) : (right - amount, right); // the largest touch the prediction
            from.Add(start);
            to.Add(end);
            (left, right) = amount >= 0 ? (start, right) : (left, start);
        }

        return Chart.Spans(rows.ToArray(), from, to, labels)
            .VerticalThreshold(BaseValue, $"base {Number(BaseValue)}").VerticalThreshold(Prediction, $"prediction {Number(Prediction)}", Role.Current)
            .XAxis(Output).Titled(Headline(), Method);
    }

    /// <summary>The finding in one sentence.</summary>
    private string Headline()
    {
        IReadOnlyList<Contribution> ranked = Ranked();
        Contribution? up = ranked.FirstOrDefault(contribution => contribution.Amount > 0);
        Contribution? down = ranked.FirstOrDefault(contribution => contribution.Amount < 0);
        return (up, down) switch
        {
            (null, null) => $"No feature moves the {Output} of this row",
            ({ } only, null) => $"{Named(only)} raises the {Output} most",
            (null, { } only) => $"{Named(only)} lowers the {Output} most",
            _ => $"{Named(up)} raises the {Output} most, {Named(down)} lowers it most",
        };
    }

    /// <summary>The largest contributions, and the sum of the others.</summary>
    private List<(string Name, double Amount)> Steps(int top)
    {
        IReadOnlyList<Contribution> ranked = Ranked();
        var steps = ranked.Take(ranked.Count <= top ? top : top - 1).Select(contribution => (Named(contribution), contribution.Amount)).ToList();
        if (ranked.Count > steps.Count)
        {
            steps.Add(($"{ranked.Count - steps.Count} others", ranked.Skip(steps.Count).Sum(contribution => contribution.Amount)));
        }

        return steps;
    }
}
