namespace MlOps.Explain.Counterfactuals;

/// <summary>The values that one feature of one row may take, and what they cost.</summary>
internal sealed class AllowedValues
{
    /// <summary>Steps within the data's range; a finer step is refused.</summary>
    private const int MostSteps = 100_000;

    private readonly double _from;
    private readonly bool _isText;
    private readonly double _scale;

    private AllowedValues(double from, bool isText, double scale, double[] all, int most)
    {
        (_from, _isText, _scale, All) = (from, isText, scale, all);
        Tried = Thinned(all, most);
    }

    /// <summary>Gets all of them, ascending, without the row's own.</summary>
    internal double[] All { get; }

    /// <summary>Gets those that the first search tries.</summary>
    internal double[] Tried { get; }

    internal double Cost(double to) => _isText || double.IsNaN(_from) ? 1 : Math.Abs(to - _from) / _scale;

    /// <summary>The values that are cheaper than one, at most some.</summary>
    internal double[] Cheaper(double than, int most) =>
        _isText || double.IsNaN(_from) ? [] : Thinned([.. All.Where(value => (value > _from) == (than > _from) && Cost(value) < Cost(than))], most);

    internal static AllowedValues Of(double from, double[] distinct, double scale, Actionability limit, bool isText, Func<double, string> display, string feature, int most)
    {
        double[] values = limit is { MayRise: false, MayFall: false } || distinct.Length == 0 ? []
            : isText ? [.. distinct.Where(code => limit.Texts?.Contains(display(code)) ?? true)]
            : limit.Step is { } step && !double.IsNaN(from) ? Steps(from, step, distinct[0], distinct[^1], feature)
            : distinct;
        bool anyDirection = isText || (limit.MayRise && limit.MayFall);
        return new AllowedValues(from, isText, limit.Scale ?? scale, [.. values.Where(value => value != from
            && (anyDirection || (limit.MayRise && value > from) || (limit.MayFall && value < from))
            && !(value < limit.Minimum) && !(value > limit.Maximum))], most);
    }

    private static double[] Steps(double from, double step, double low, double high, string feature)
    {
        double first = Math.Ceiling((low - from) / step);
        double last = Math.Floor((high - from) / step);
        return last - first > MostSteps
            ? throw new ArgumentException(FormattableString.Invariant($"'{feature}': steps of {step} between {low} and {high} are more than {MostSteps:#,0}; take a larger step."))
            : last < first ? [] : [.. Enumerable.Range(0, (int)(last - first) + 1).Select(k => from + ((first + k) * step))];
    }

    /// <summary>At most some values at even ranks, the ends among them.</summary>
    private static double[] Thinned(double[] values, int most) =>
        values.Length <= most ? values : [.. Enumerable.Range(0, most).Select(k => values[(int)((long)k * (values.Length - 1) / (most - 1))])];
}
