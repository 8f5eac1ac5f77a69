using MlOps.Charts;

namespace MlOps.Tracking.Comparison;

/// <summary>A parameter's values as places on an axis: numbers if every run that has it has a number, else categories.</summary>
/// <param name="Title">The parameter, with <c>log₁₀</c> in front if the logarithms are drawn.</param>
/// <param name="Numbers">One a run, NaN where it has none; null for categories.</param>
/// <param name="Texts">One a run, null where it has none.</param>
/// <param name="IsWide">Whether the numbers are all above 0 and the largest at least a hundred times the least, so that only a logarithm shows them.</param>
internal sealed record ParamAxis(string Title, double[]? Numbers, string?[] Texts, bool IsWide)
{
    private const double Wide = 100;
    private const string NotSet = "not set";

    /// <summary>Reads a parameter.</summary>
    internal static ParamAxis Of(string key, IEnumerable<string?> values)
    {
        string?[] texts = [.. values];
        double?[] numbers = [.. texts.Select(NumberText.Parse)];
        bool quantity = texts.Zip(numbers, (text, number) => text is null || (number is { } value && Math.Abs(value) < 1e300)).All(isNumber => isNumber) && numbers.Any(number => number is not null);
        double[] present = [.. numbers.OfType<double>()];
        return new ParamAxis(key, quantity ? [.. numbers.Select(number => number ?? double.NaN)] : null, texts, quantity && present.Min() > 0 && present.Max() / present.Min() >= Wide);
    }

    /// <summary>How many different values there are, none included.</summary>
    internal int Distinct => Texts.Distinct().Count();

    /// <summary>Whether a run has a place: with categories every run has, as <c>not set</c> is one.</summary>
    internal bool Has(int run) => Numbers is null || !double.IsNaN(Numbers[run]);

    /// <summary>The places of some runs on a linear axis: logarithms if the numbers are wide.</summary>
    internal (string Name, Values Values) Linear(IEnumerable<int> runs) => Numbers is null ? (Title, Categories(runs))
        : IsWide ? ($"log₁₀ {Title}", (double[])[.. runs.Select(run => Math.Log10(Numbers[run]))])
        : (Title, Raw(runs));

    /// <summary>The places of some runs as they are, for an axis that can be logarithmic itself.</summary>
    internal Values Raw(IEnumerable<int> runs) => Numbers is null ? Categories(runs) : (double[])[.. runs.Select(run => Numbers[run])];

    private Values Categories(IEnumerable<int> runs) => (string[])[.. runs.Select(run => Texts[run] is { Length: > 0 } text ? NumberText.Short(text) : Texts[run] is null ? NotSet : "(empty)")];
}
