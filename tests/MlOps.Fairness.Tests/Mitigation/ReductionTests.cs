using System.Text.Json;
using MlOps.Fairness.Mitigation;

namespace MlOps.Fairness.Tests.Mitigation;

/// <summary>Oracle: make_mitigation.py, the reduction in plain numpy with scipy's linear programs; the learner of both tries all one-feature rules.</summary>
public sealed class ReductionTests
{
    private static readonly JsonElement s_data = MitigationReferences.Read("mitigation/mitigation.json").GetProperty("reductions");
    private static readonly (double[] X, bool[] Y, Groups Groups) s_rows = LogisticTests.Rows(s_data);
    private static readonly bool[][] s_rules = Rules();

    [Theory]
    [InlineData("parity", false)]
    [InlineData("parity", true)]
    [InlineData("tpr", false)]
    [InlineData("tpr", true)]
    [InlineData("odds", false)]
    [InlineData("odds", true)]
    [InlineData("error", false)]
    [InlineData("error", true)]
    public void Fit_OneFeatureRules_EqualsTheReductionInNumpy(string constraint, bool program)
    {
        JsonElement expected = s_data.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("constraint").GetString() == constraint && c.GetProperty("program").GetBoolean() == program);

        RandomisedClassifier<bool[]> mix = Fit(Constraint(constraint), new ReductionOptions { LinearProgram = program });

        Assert.Equal(expected.GetProperty("error").GetDouble(), mix.Error, 1e-9);
        Assert.Equal(expected.GetProperty("violation").GetDouble(), mix.Violation, 1e-9);
        Assert.Equal(expected.GetProperty("gap").GetDouble(), mix.Gap, 1e-9);
        Assert.Equal(expected.GetProperty("target").GetDouble(), mix.TargetGap, 1e-12);
        Assert.Equal(expected.GetProperty("iterations").GetInt32(), mix.Iterations);
        Assert.Equal(MitigationReferences.Numbers(expected.GetProperty("weights")).Order(), mix.Members.Select(member => member.Weight).Order(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Fit_Parity_HoldsItAndBeatsEveryMixOfTwo()
    {
        RandomisedClassifier<bool[]> mix = Fit(ParityConstraint.DemographicParity, new ReductionOptions());

        Assert.True(mix.HasConverged);
        Assert.True(mix.Violation <= 0.01 + 1e-9);
        Assert.True(mix.UnconstrainedViolation > 0.01);
        double[] chances = mix.Probabilities(240, rule => rule);
        double[] rates = [.. Enumerable.Range(0, 2).Select(g => chances.Where((_, i) => s_rows.Groups.Codes[i] == g).Average())];
        Assert.All(rates, rate => Assert.True(Math.Abs(rate - chances.Average()) <= 0.01 + 1e-9));
        Assert.Equal(mix.Error, chances.Select((c, i) => s_rows.Y[i] ? 1 - c : c).Average(), 1e-12);

        // Brute force: the best mix of two rules, or of a rule with a constant, that keeps the violation.
        double best = 1;
        (double Error, double Violation)[] measured = [.. s_rules.Append(new bool[240]).Append([.. Enumerable.Repeat(true, 240)]).Select(Measure)];
        foreach ((double Error, double Violation) a in measured)
        {
            foreach ((double Error, double Violation) b in measured)
            {
                for (int k = 0; k <= 200; k++)
                {
                    double q = k / 200.0;
                    best = Math.Abs((q * a.Violation) + ((1 - q) * b.Violation)) <= 0.01 ? Math.Min(best, (q * a.Error) + ((1 - q) * b.Error)) : best;
                }
            }
        }

        Assert.True(mix.Error <= best + mix.Gap + 1e-9);
    }

    [Fact]
    public void Decide_EqualSeeds_GiveEqualLots()
    {
        RandomisedClassifier<bool[]> mix = Fit(ParityConstraint.DemographicParity, new ReductionOptions());

        Assert.Equal(mix.Decide(240, rule => rule, 1), mix.Decide(240, rule => rule, 1));
        double drawn = Enumerable.Range(0, 100).Average(seed => mix.Decide(240, rule => rule, seed).Count(d => d));
        double[] chances = mix.Probabilities(240, rule => rule);
        Assert.Equal(chances.Sum(), drawn, 0.7 * Math.Sqrt(chances.Sum(c => c * (1 - c)))); // seven standard errors of 100 draws
    }

    [Fact]
    public void Fit_OneTarget_TakesAConstantAndDoesNotAskTheLearner()
    {
        var mix = ExponentiatedGradient.Fit([true, true], Groups.Of("g", ["a", "b"]), (_, _) => throw new InvalidOperationException("must not be asked"), (bool[] rule) => rule);

        Assert.Equal(0, mix.Trained);
        Assert.Equal([1, 1, 1], mix.Probabilities(3, rule => rule));
    }

    [Fact]
    public void Fit_GroupWithoutPositives_IsNamedForTheTruePositiveRate() =>
        Assert.Contains("'b'", Assert.Throws<ArgumentException>("groups", () => ExponentiatedGradient.Fit([true, false, false], Groups.Of("g", ["a", "a", "b"]), (_, t) => t, t => t, ParityConstraint.TruePositiveRate)).Message);

    [Fact]
    public void Fit_WrongNumberOfDecisions_IsTold() =>
        Assert.Contains("gave 1", Assert.Throws<InvalidOperationException>(() => ExponentiatedGradient.Fit([true, false], Groups.Of("g", ["a", "b"]), (_, t) => t, _ => [true])).Message);

    [Fact]
    public void Fit_BadOptions_AreTold()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Epsilon", () => Fit(ParityConstraint.DemographicParity, new ReductionOptions { Epsilon = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("MaxIterations", () => Fit(ParityConstraint.DemographicParity, new ReductionOptions { MaxIterations = 0 }));
    }

    private static RandomisedClassifier<bool[]> Fit(ParityConstraint constraint, ReductionOptions options) =>
        ExponentiatedGradient.Fit(s_rows.Y, s_rows.Groups, Learn, rule => rule, constraint, options);

    private static bool[] Learn(double[] weights, bool[] targets)
    {
        bool[] best = s_rules[0];
        double least = double.PositiveInfinity;
        foreach (bool[] rule in s_rules)
        {
            double loss = weights.Where((_, i) => rule[i] != targets[i]).Sum();
            (best, least) = loss < least - 1e-9 ? (rule, loss) : (best, least);
        }

        return best;
    }

    private static bool[][] Rules()
    {
        var rules = new List<bool[]>();
        for (int j = 0; j < 3; j++)
        {
            double[] column = [.. Enumerable.Range(0, 240).Select(i => s_rows.X[(i * 3) + j])];
            foreach (double t in column.Distinct().Order())
            {
                rules.Add([.. column.Select(v => v > t)]);
                rules.Add([.. column.Select(v => v <= t)]);
            }
        }

        return [.. rules];
    }

    /// <summary>Error, and the signed distance of the first group's rate from that of all rows, scaled to the group further away.</summary>
    private static (double Error, double Violation) Measure(bool[] rule)
    {
        double all = rule.Count(d => d) / 240.0;
        double[] distances = [.. Enumerable.Range(0, 2).Select(g =>
            rule.Where((_, i) => s_rows.Groups.Codes[i] == g).Count(d => d) / (double)s_rows.Groups.Codes.ToArray().Count(c => c == g) - all)];
        int further = s_rows.Groups.Codes.ToArray().Count(c => c == 0) < 120 ? 0 : 1; // the smaller group is always further from the mean
        return (rule.Where((d, i) => d != s_rows.Y[i]).Count() / 240.0, distances[further]);
    }

    private static ParityConstraint Constraint(string name) => name switch
    {
        "parity" => ParityConstraint.DemographicParity,
        "tpr" => ParityConstraint.TruePositiveRate,
        "odds" => ParityConstraint.EqualizedOdds,
        _ => ParityConstraint.ErrorRate,
    };
}
