using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Search;

/// <summary>Sorts things in memory by the terms of an order. What lacks the field comes last either way, NaN just before it; ties are broken as MLflow breaks them.</summary>
/// <remarks>Texts are sorted by code points, which is the order of their UTF-8 bytes and of a database; identifiers of digits only by their number.</remarks>
internal static class OrderComparer
{
    /// <summary>Runs: then by the latest start, then by run id.</summary>
    internal static Comparison<Run> OfRuns(IReadOnlyList<OrderTerm> terms) => By<Run>(
        terms,
        FieldValues.Text,
        FieldValues.Number,
        static (a, b) => b.Info.StartTime.CompareTo(a.Info.StartTime) is not 0 and int order ? order : string.CompareOrdinal(a.Info.RunId, b.Info.RunId));

    /// <summary>Experiments: newest first, then by id, if no order is given; else ties have the greatest id first.</summary>
    internal static Comparison<Experiment> OfExperiments(IReadOnlyList<OrderTerm> terms) => terms.Count == 0
        ? static (a, b) => b.CreationTime.CompareTo(a.CreationTime) is not 0 and int order ? order : Ids(a.Id, b.Id)
        : By<Experiment>(terms, FieldValues.Text, FieldValues.Number, static (a, b) => Ids(b.Id, a.Id));

    /// <summary>Models: then by name.</summary>
    internal static Comparison<RegisteredModel> OfModels(IReadOnlyList<OrderTerm> terms) =>
        By<RegisteredModel>(terms, FieldValues.Text, FieldValues.Number, static (a, b) => Texts(a.Name, b.Name));

    /// <summary>Versions: then by name, then the newest first.</summary>
    internal static Comparison<ModelVersion> OfVersions(IReadOnlyList<OrderTerm> terms) => By<ModelVersion>(
        terms, FieldValues.Text, FieldValues.Number, static (a, b) => Texts(a.Name, b.Name) is not 0 and int order ? order : b.Version.CompareTo(a.Version));

    private static Comparison<T> By<T>(IReadOnlyList<OrderTerm> terms, Func<T, FilterField, string?> text, Func<T, FilterField, double?> number, Comparison<T> ties) => (a, b) =>
    {
        foreach ((FilterField field, bool descending) in terms)
        {
            int order = number(a, field) is var x && number(b, field) is var y && (x ?? y) is not null
                ? Numbers(x, y, descending)
                : Nullable(text(a, field), text(b, field), descending, field.Key == "experiment_id" ? Ids : Texts);
            if (order != 0)
            {
                return order;
            }
        }

        return ties(a, b);
    };

    private static int Numbers(double? x, double? y, bool descending)
    {
        int rank = Rank(x).CompareTo(Rank(y));
        return rank != 0 || Rank(x) != 0 ? rank
            : descending ? y!.Value.CompareTo(x!.Value) : x!.Value.CompareTo(y!.Value);
    }

    private static int Rank(double? value) => value is null ? 2 : double.IsNaN(value.Value) ? 1 : 0;

    private static int Nullable(string? x, string? y, bool descending, Comparison<string> compare) =>
        x is null || y is null ? (x is null).CompareTo(y is null)
        : descending ? compare(y, x) : compare(x, y);

    private static int Ids(string x, string y) =>
        x.Length != y.Length && x.All(char.IsAsciiDigit) && y.All(char.IsAsciiDigit) ? x.Length.CompareTo(y.Length) : Texts(x, y);

    /// <summary>Compares by code points.</summary>
    internal static int Texts(string x, string y)
    {
        int same = x.AsSpan().CommonPrefixLength(y);
        return same == x.Length || same == y.Length ? x.Length.CompareTo(y.Length) : Weight(x[same]).CompareTo(Weight(y[same]));

        // Surrogates stand for code points above all others, though their units lie below U+E000.
        static int Weight(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
    }
}
