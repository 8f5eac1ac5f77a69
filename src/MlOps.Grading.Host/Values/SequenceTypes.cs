namespace MlOps.Grading.Host.Values;

/// <summary>Which types hold a row of values, and of what.</summary>
internal static class SequenceTypes
{
    internal static bool IsSpan(Type type) => type.IsByRefLike && type.IsGenericType && (Definition(type) == typeof(Span<>) || Definition(type) == typeof(ReadOnlySpan<>));

    internal static bool IsMemory(Type type) => type.IsValueType && type.IsGenericType && (Definition(type) == typeof(Memory<>) || Definition(type) == typeof(ReadOnlyMemory<>));

    internal static bool IsPair(Type type) => type.IsValueType && type.IsGenericType && Definition(type) == typeof(KeyValuePair<,>);

    /// <summary>The element type of an array of rank 1, a span, a list, a set, or an interface of these; null for others.</summary>
    internal static Type? ElementOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetArrayRank() == 1 ? type.GetElementType() : null;
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        Type definition = Definition(type);
        return IsSpan(type) || IsMemory(type) || definition == typeof(List<>) || IsArrayInterface(definition) || IsSet(definition) ? type.GetGenericArguments()[0] : null;
    }

    internal static bool IsArrayInterface(Type definition) =>
        definition == typeof(IEnumerable<>) || definition == typeof(IReadOnlyList<>) || definition == typeof(IReadOnlyCollection<>) || definition == typeof(IList<>) || definition == typeof(ICollection<>);

    internal static bool IsSet(Type definition) =>
        definition == typeof(HashSet<>) || definition == typeof(ISet<>) || definition == typeof(IReadOnlySet<>);

    internal static bool IsDictionary(Type type) => type.IsGenericType
        && (Definition(type) == typeof(Dictionary<,>) || Definition(type) == typeof(IDictionary<,>) || Definition(type) == typeof(IReadOnlyDictionary<,>) || IsSortedDictionary(type));

    /// <summary>By name: asking for the type would load its library.</summary>
    internal static bool IsSortedDictionary(Type type) => type.Name == "SortedDictionary`2" && type.Namespace == "System.Collections.Generic";

    private static Type Definition(Type type) => type.GetGenericTypeDefinition();
}
