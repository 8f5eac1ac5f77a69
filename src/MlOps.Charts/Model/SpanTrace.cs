namespace MlOps.Charts.Model;

/// <summary>Bars that float between two numbers, on rows that are named.</summary>
/// <param name="Rows">The row of each bar; the first named is on top.</param>
/// <param name="From">Where each begins.</param>
/// <param name="To">Where each ends; before its beginning it falls.</param>
/// <param name="Labels">What is written on each, or beside it when it is alone in its row.</param>
internal sealed record SpanTrace(string[] Rows, double[] From, double[] To, string[] Labels) : CartesianTrace("", Role.Series)
{
    internal const double HalfWidth = 0.36;

    /// <summary>Gets the names of the rows.</summary>
    internal string[] RowNames { get; } = [.. Rows.Distinct(StringComparer.Ordinal)];

    internal Style StyleOf(int bar) => To[bar] < From[bar] ? WaterfallStyle.Down : WaterfallStyle.Up;

    internal bool IsAlone(int bar) => Rows.Count(row => row == Rows[bar]) == 1;

    internal override void Extend(DomainBuilder x, DomainBuilder y)
    {
        y.AddCategories(RowNames, reversed: true);
        x.AddAmounts(From);
        x.AddAmounts(To);
        double margin = Enumerable.Range(0, Rows.Length).Any(IsAlone) ? 0.12 * (From.Concat(To).Max() - From.Concat(To).Min()) : 0; // for the labels beside bars
        x.Add(From.Concat(To).Min() - margin);
        x.Add(From.Concat(To).Max() + margin);
    }
}
