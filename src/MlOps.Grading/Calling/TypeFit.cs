using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Calling;

/// <summary>Whether a value can go from a contract's type to a student's, or back, as C# would convert it by itself.</summary>
/// <remarks>
/// Numbers widen where C# widens them, elements of collections never (an <c>int[]</c> is no <c>double[]</c>). A row is a row: arrays,
/// lists, spans and interfaces fit each other. Records, structs and enums fit if their members do, whatever they are called.
/// </remarks>
/// <param name="named">What the student's named types look like.</param>
internal sealed class TypeFit(IReadOnlyDictionary<string, NamedType> named)
{
    private static readonly Dictionary<string, string> s_widening = new(StringComparer.Ordinal)
    {
        // C# specification, "Implicit numeric conversions"
        ["sbyte"] = "short int long float double decimal Int128 Half BigInteger",
        ["byte"] = "short ushort int uint long ulong float double decimal Int128 UInt128 Half BigInteger",
        ["short"] = "int long float double decimal Int128 BigInteger",
        ["ushort"] = "int uint long ulong float double decimal Int128 UInt128 BigInteger",
        ["int"] = "long float double decimal Int128 BigInteger",
        ["uint"] = "long ulong float double decimal Int128 UInt128 BigInteger",
        ["long"] = "float double decimal Int128 BigInteger",
        ["ulong"] = "float double decimal Int128 UInt128 BigInteger",
        ["char"] = "",
        ["float"] = "double",
    };

    private static readonly HashSet<string> s_plain = new(StringComparer.Ordinal)
    {
        "bool", "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "char", "string", "Half", "Int128", "UInt128",
        "BigInteger", "DateTime", "DateTimeOffset", "TimeSpan", "DateOnly", "TimeOnly", "Guid",
    };

    private static readonly HashSet<string> s_rowsIn = new(StringComparer.Ordinal)
    {
        "[]", "List", "IList", "ICollection", "IEnumerable", "IReadOnlyList", "IReadOnlyCollection", "Span", "ReadOnlySpan", "Memory", "ReadOnlyMemory", "HashSet", "ISet", "IReadOnlySet",
    };

    private static readonly HashSet<string> s_rowsOut = new(s_rowsIn, StringComparer.Ordinal)
    {
        "ImmutableArray", "ImmutableList", "Collection", "ReadOnlyCollection", "ObservableCollection", "Queue", "Stack", "LinkedList", "SortedSet", "IOrderedEnumerable", "ConcurrentBag", "ConcurrentQueue",
    };

    private static readonly HashSet<string> s_dictionaries = new(StringComparer.Ordinal) { "Dictionary", "IDictionary", "IReadOnlyDictionary", "SortedDictionary", "SortedList", "ConcurrentDictionary" };

    private readonly HashSet<(Type, string)> _open = [];

    /// <summary>Whether a test's value of <paramref name="contract"/> can be passed where the student wants <paramref name="student"/>.</summary>
    internal bool CanPass(Type contract, string student) => Fits(contract, TypeSpelling.Parse(student), toStudent: true, isElement: false);

    /// <summary>Whether a student's value of <paramref name="student"/> can be returned as <paramref name="contract"/>.</summary>
    internal bool CanReturn(Type contract, string student) => Fits(contract, TypeSpelling.Parse(student), toStudent: false, isElement: false);

    /// <summary>Whether the contract means an object that stays in the host: an interface that is no collection.</summary>
    internal static bool IsObject(Type contract) => contract.IsInterface && SequenceTypes.ElementOf(contract) is null && !SequenceTypes.IsDictionary(contract);

    private bool Fits(Type contract, TypeSpelling student, bool toStudent, bool isElement)
    {
        string name = CSharpName.Of(contract);
        if (s_plain.Contains(name) && !named.ContainsKey(name))
        {
            string plain = student is { Name: "?" } && toStudent && !isElement ? student.Arguments[0].Name : student.Name;
            return name == plain || (!isElement && (toStudent ? Widens(name, plain) : Widens(plain, name)));
        }

        if (Nullable.GetUnderlyingType(contract) is { } value)
        {
            return student.Name == "?" ? Fits(value, student.Arguments[0], toStudent, isElement) : !toStudent && !isElement && Fits(value, student, toStudent, isElement);
        }

        if (IsObject(contract))
        {
            return named.TryGetValue(student.Name, out NamedType? type) && type.Kind != "enum";
        }

        if (student.Name == "?")
        {
            return toStudent && !isElement && Fits(contract, student.Arguments[0], toStudent, isElement);
        }

        return contract.IsEnum ? FitsEnum(contract, student) : FitsComposite(contract, student, toStudent);
    }

    private static bool Widens(string from, string to) => s_widening.TryGetValue(from, out string? targets) && targets.Split(' ').Contains(to);

    private bool FitsEnum(Type contract, TypeSpelling student) =>
        named.TryGetValue(student.Name, out NamedType? type) && type.Kind == "enum" && Enum.GetNames(contract).Intersect(type.Values).Any();

    private bool FitsComposite(Type contract, TypeSpelling student, bool toStudent)
    {
        if (SequenceTypes.ElementOf(contract) is { } element)
        {
            return (toStudent ? s_rowsIn : s_rowsOut).Contains(student.Name) && student.Arguments.Count == 1 && Fits(element, student.Arguments[0], toStudent, isElement: true);
        }

        if (contract.IsArray)
        {
            return student.Name == "[" + new string(',', contract.GetArrayRank() - 1) + "]" && Fits(contract.GetElementType()!, student.Arguments[0], toStudent, isElement: true);
        }

        if (contract.IsGenericType && (SequenceTypes.IsDictionary(contract) || SequenceTypes.IsPair(contract)))
        {
            bool isLike = SequenceTypes.IsPair(contract) ? student.Name == "KeyValuePair" : s_dictionaries.Contains(student.Name);
            return isLike && AllFit(contract.GetGenericArguments(), student.Arguments, toStudent, isElement: true);
        }

        TypeSpelling spelled = TypeSpelling.Parse(CSharpName.Of(contract));
        if (spelled.Name is "()" or "Tuple" or "ValueTuple")
        {
            return student.Name is "()" or "Tuple" or "ValueTuple" && AllFit(TupleItems(contract), TupleItems(student), toStudent, isElement: false);
        }

        return FitsData(contract, student, toStudent);
    }

    private bool FitsData(Type contract, TypeSpelling student, bool toStudent)
    {
        if (!named.TryGetValue(student.Name, out NamedType? type) || type.Kind != "data")
        {
            return false;
        }

        if (!_open.Add((contract, student.Name)))
        {
            return true; // a type that contains itself: it fits if the rest does
        }

        DataShape shape = DataShape.Of(contract);
        bool fits = toStudent
            ? type.CanMake && type.Needed.All(parameter => parameter.IsOptional || (shape.Find(parameter.Name) is { } member && Fits(member.Type, TypeSpelling.Parse(parameter.Type), toStudent, isElement: false)))
            : shape.CanMake && Wanted(shape).All(member => type.TypeOf(member.Name) is { } held && Fits(member.Type, TypeSpelling.Parse(held), toStudent, isElement: false));
        _open.Remove((contract, student.Name));
        return fits;
    }

    /// <summary>What the contract needs of a returned record: what its constructor takes and what can be set.</summary>
    private static IEnumerable<DataMember> Wanted(DataShape shape) =>
        (shape.Constructor?.GetParameters().Select(parameter => shape.Find(parameter.Name)!) ?? []).Union(shape.Members.Where(member => member.CanSet));

    private bool AllFit(IReadOnlyList<Type> contract, IReadOnlyList<TypeSpelling> student, bool toStudent, bool isElement) =>
        contract.Count == student.Count && contract.Zip(student).All(pair => Fits(pair.First, pair.Second, toStudent, isElement));

    private static List<Type> TupleItems(Type tuple)
    {
        Type[] types = tuple.GetGenericArguments();
        return types.Length < 8 ? [.. types] : [.. types[..7], .. TupleItems(types[7])];
    }

    private static List<TypeSpelling> TupleItems(TypeSpelling tuple) =>
        tuple.Name == "()" || tuple.Arguments.Count < 8 ? [.. tuple.Arguments] : [.. tuple.Arguments.Take(7), .. TupleItems(tuple.Arguments[7])];
}
