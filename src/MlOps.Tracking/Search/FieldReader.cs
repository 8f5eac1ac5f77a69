namespace MlOps.Tracking.Search;

/// <summary>Reads the field of a clause or of an order: <c>[entity.]key</c>.</summary>
internal static class FieldReader
{
    /// <summary>A field as it was read.</summary>
    /// <param name="Of">The field.</param>
    /// <param name="IsNumber">Whether it is compared with numbers.</param>
    /// <param name="Name">As a message shows it.</param>
    /// <param name="Kind">What a message calls such a field, with an article or a name.</param>
    internal readonly record struct Field(FilterField Of, bool IsNumber, string Name, string Kind);

    /// <summary>Reads a field that a filter compares.</summary>
    internal static Field Read(FilterScanner scan, FilterTarget target, bool strict)
    {
        (FieldKind kind, string key, int position) = Parts(scan, target, strict);
        switch (kind)
        {
            case FieldKind.Metric:
                return new(new(kind, key), true, $"metrics.{key}", "a metric");
            case FieldKind.Param:
                return new(new(kind, key), false, $"params.{key}", "a parameter");
            case FieldKind.Tag:
                return new(new(kind, key), false, $"tags.{key}", "a tag");
            case FieldKind.Dataset:
                return FieldNames.IsDatasetKey(key)
                    ? new(new(kind, key), false, $"datasets.{key}", $"a data set's {key}")
                    : throw scan.Error(position, $"Invalid dataset key '{key}' specified; valid keys are name, digest, context");
            default:
                return FieldNames.Filterable(key, target) is { } found
                    ? new(new(kind, found.Key), found.IsNumber, found.Key, $"the attribute {found.Key}")
                    : throw scan.Error(position, $"Invalid attribute key '{key}' specified; valid keys are {FieldNames.Filterables(target)}");
        }
    }

    /// <summary>Reads a field to sort by.</summary>
    internal static FilterField ReadOrder(FilterScanner scan, FilterTarget target)
    {
        (FieldKind kind, string key, int position) = Parts(scan, target, strict: false);
        if (kind == FieldKind.Dataset || (kind != FieldKind.Attribute && target != FilterTarget.Runs))
        {
            throw scan.Error(position, $"Invalid order_by entity: {(target == FilterTarget.Runs ? "runs cannot be sorted by their data sets" : $"only attributes can be sorted by ({FieldNames.Orderables(target)})")}");
        }

        return kind != FieldKind.Attribute ? new(kind, key)
            : FieldNames.Orderable(key, target) is { } name ? new(kind, name)
            : throw scan.Error(position, $"Invalid attribute key '{key}' specified; valid keys are {FieldNames.Orderables(target)}");
    }

    private static (FieldKind Kind, string Key, int Position) Parts(FilterScanner scan, FilterTarget target, bool strict)
    {
        _ = scan.AtEnd; // skips spaces
        int start = scan.Position;
        string first = scan.TryName() ?? throw scan.Error(start, $"expected a field such as {(target == FilterTarget.Runs ? "metrics.acc or status" : "name or tags.team")}; found {scan.Found}");
        if (!scan.TryDot())
        {
            return (FieldKind.Attribute, first, start);
        }

        FieldKind kind = FieldNames.Entity(first, target, strict)
            ?? throw scan.Error(start, $"Invalid entity type '{first}'; here are {FieldNames.Entities(target)}. A key with a dot in it stands behind its entity, as in tags.{first}…");
        int position = scan.Position;
        string key = scan.TryKey() ?? throw scan.Error(position, $"expected a key after '{first}.', in back-ticks if it has spaces; found {scan.Found}");
        return (kind, key, position);
    }
}
