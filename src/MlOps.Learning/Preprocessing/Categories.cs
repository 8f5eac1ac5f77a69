namespace MlOps.Learning.Preprocessing;

/// <summary>The categories of a column of text, with their places.</summary>
internal sealed class Categories
{
    private const int UnknownPlace = -1;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly bool _missingSeen;

    private Categories(IReadOnlyList<string> known, bool missingSeen)
    {
        Known = known;
        _missingSeen = missingSeen;
        for (int i = 0; i < known.Count; i++)
        {
            if (string.IsNullOrEmpty(known[i]) || !_places.TryAdd(known[i], i))
            {
                throw new ArgumentException($"Categories must differ and not be empty; got: {string.Join(", ", known)}.", nameof(known));
            }
        }
    }

    /// <summary>The categories that are texts.</summary>
    internal IReadOnlyList<string> Known { get; }

    /// <summary>All categories; null, a missing value, last.</summary>
    internal IReadOnlyList<string?> Names => [.. Known, .. Enumerable.Repeat<string?>(null, _missingSeen ? 1 : 0)];

    /// <summary>Those of the training rows, in ordinal order.</summary>
    internal static Categories Fit(TextFeature feature)
    {
        string[] known = [.. feature.Occurring(out int missing).Keys];
        return new Categories(known, missing > 0);
    }

    internal static Categories Of(IReadOnlyList<string> order) => new([.. order], false);

    /// <summary>The place of each row's category, −1 for one that is not known; a missing value is one if training rows had it.</summary>
    /// <exception cref="ArgumentException">A category is not known and must be.</exception>
    internal int[] Code(TextFeature feature, UnknownCategory unknown)
    {
        int[] placeOf = Array.ConvertAll(feature.Dictionary, text => text is not null ? Place(text) : _missingSeen ? Known.Count : UnknownPlace);
        ReadOnlySpan<int> codes = feature.Codes;
        int[] places = GC.AllocateUninitializedArray<int>(codes.Length);
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = placeOf[codes[i] + 1];
        }

        Check(feature, Array.IndexOf(places, UnknownPlace), unknown);
        return places;
    }

    /// <summary>The place of each row's category as a number, −1 for one that is not known, NaN for a missing value.</summary>
    /// <exception cref="ArgumentException">A category is not known and must be.</exception>
    internal double[] Number(TextFeature feature, UnknownCategory unknown)
    {
        double[] placeOf = Array.ConvertAll(feature.Dictionary, text => text is null ? double.NaN : Place(text));
        ReadOnlySpan<int> codes = feature.Codes;
        double[] numbers = GC.AllocateUninitializedArray<double>(codes.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = placeOf[codes[i] + 1];
        }

        Check(feature, Array.IndexOf(numbers, UnknownPlace), unknown);
        return numbers;
    }

    private int Place(string text) => _places.GetValueOrDefault(text, UnknownPlace);

    private void Check(TextFeature feature, int stranger, UnknownCategory unknown)
    {
        if (stranger < 0 || unknown == UnknownCategory.Ignore)
        {
            return;
        }

        string shown = feature.Dictionary[feature.Codes[stranger] + 1] is { } text ? $"'{text}'" : "no value";
        string more = Known.Count > 10 ? ", …" : "";
        throw new ArgumentException($"Column '{feature.Name}' has {shown} in row {feature.FirstRow + stranger}; known are: {string.Join(", ", Known.Take(10))}{more}.", nameof(feature));
    }
}
