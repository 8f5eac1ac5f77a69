namespace MlOps.Data.Csv;

/// <summary>What the values of a column have been so far.</summary>
internal enum ValueKind
{
    /// <summary>No value has been seen: everything was missing.</summary>
    None,
    Long,
    Double,
    Bool,
    Time,
    Text,

    /// <summary>Not a type: the column is not wanted.</summary>
    Skip,
}

/// <summary>Type inference: which kind holds the values of two kinds.</summary>
internal static class ValueKinds
{
    /// <summary>The narrowest kind that holds both. Commutative and associative, so blocks may be read in any order.</summary>
    internal static ValueKind Join(ValueKind a, ValueKind b) => (a, b) switch
    {
        _ when a == b => a,
        (ValueKind.None, _) => b,
        (_, ValueKind.None) => a,
        (ValueKind.Long, ValueKind.Double) or (ValueKind.Double, ValueKind.Long) => ValueKind.Double,
        _ => ValueKind.Text,
    };

    /// <summary>The kind of one value that is not missing.</summary>
    internal static ValueKind Classify(ReadOnlySpan<byte> text)
    {
        if (ValueParser.TryLong(text, out _))
        {
            return ValueKind.Long;
        }

        if (ValueParser.TryDouble(text, out _))
        {
            return ValueKind.Double;
        }

        if (ValueParser.TryBool(text, out _))
        {
            return ValueKind.Bool;
        }

        return ValueParser.TryTime(text, out _) ? ValueKind.Time : ValueKind.Text;
    }

    internal static ValueKind Of(Type type, string column)
    {
        if (type == typeof(double))
        {
            return ValueKind.Double;
        }

        if (type == typeof(long))
        {
            return ValueKind.Long;
        }

        if (type == typeof(bool))
        {
            return ValueKind.Bool;
        }

        if (type == typeof(DateTime))
        {
            return ValueKind.Time;
        }

        return type == typeof(string)
            ? ValueKind.Text
            : throw new ArgumentException($"A column is double, long, bool, DateTime or string; Types asks for {type?.Name ?? "null"} in column '{column}'.", nameof(type));
    }

    internal static string Describe(ValueKind kind) => kind switch
    {
        ValueKind.Long => "a whole number in the range of long",
        ValueKind.Double => "a number",
        ValueKind.Bool => "true or false",
        ValueKind.Time => "a time (yyyy-MM-dd or yyyy-MM-ddTHH:mm:ss)",
        _ => "text",
    };
}
