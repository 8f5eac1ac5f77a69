namespace MlOps.Grading.Calling;

/// <summary>Finds the student's member that a contract asks for, or says in C# spelling what is there instead.</summary>
internal static class MemberSearch
{
    /// <exception cref="StudentCodeException">There is none that fits; the message says what is needed and what was found.</exception>
    internal static StudentMember Find(ContractMember wanted, StudentType type)
    {
        if (type.Kind is null)
        {
            throw MissingType(type);
        }

        string kind = wanted.IsConstructor ? "constructor" : wanted.Property is null ? "method" : "property";
        StudentMember[] sameName = [.. type.Members.Where(member => wanted.IsConstructor ? member.Kind == "constructor" : member.Name == wanted.Name)];
        if (sameName.Length == 0)
        {
            throw MissingMember(wanted, type);
        }

        var fit = new TypeFit(type.Named);
        StudentMember? found = sameName.FirstOrDefault(member => IsCallable(wanted, member) && Fits(wanted, member, fit));
        if (found is null)
        {
            throw Wrong(wanted, Nearest(wanted, sameName), type, kind);
        }

        return wanted.IsConstructor && type.Kind is not ("class" or "struct")
            ? throw Problem(StudentProblem.WrongSignature, $"{type.Name} is {(type.Kind == "abstract class" ? "an " : "a ")}{type.Kind}: no object can be made of it. Declare it as `public class {type.Name}`.")
            : found;
    }

    private static bool IsCallable(ContractMember wanted, StudentMember member) =>
        member.Access == "public"
        && member.IsStatic == wanted.IsStatic
        && (wanted.Property is null
            ? member.Kind is "method" or "constructor" && (member.Kind == "constructor" || member.Detail == 0)
            : member.Kind is "property" or "field" && (wanted.How == "get" ? member.CanRead : member.CanWrite));

    private static bool Fits(ContractMember wanted, StudentMember member, TypeFit fit)
    {
        if (wanted.Property is not null)
        {
            return wanted.How == "get" ? fit.CanReturn(wanted.Returns, member.Type) : fit.CanPass(wanted.Parameters[0].Type!, member.Type);
        }

        return wanted.Parameters.Count >= member.Required
            && wanted.Parameters.Count <= member.Parameters.Count
            && wanted.Parameters.Zip(member.Parameters).All(pair => pair.Second.By is "" or "in" && (pair.First.Type is null ? CanBeNull(pair.Second.Type) : fit.CanPass(pair.First.Type, pair.Second.Type)))
            && (wanted.IsConstructor || wanted.Returns == typeof(void) || fit.CanReturn(wanted.Returns, member.Type));
    }

    private static bool CanBeNull(string type) => type is not ("bool" or "byte" or "sbyte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "float" or "double" or "decimal" or "char");

    private static StudentMember Nearest(ContractMember wanted, StudentMember[] sameName) =>
        sameName.MinBy(member => (Math.Abs(member.Parameters.Count - wanted.Parameters.Count) * 4) + (member.Access == "public" ? 0 : 2) + (member.IsStatic == wanted.IsStatic ? 0 : 1))!;

    private static StudentCodeException Wrong(ContractMember wanted, StudentMember found, StudentType type, string kind)
    {
        string name = wanted.IsConstructor ? $"the constructor of {type.Name}" : wanted.Name;
        string why = Why(wanted, found, kind);
        string signature = Spell(found, type);
        string expected = wanted.Signature();
        string both = signature == expected ? $"expected `{expected}`" : $"expected `{expected}`, found `{signature}`";
        return Problem(StudentProblem.WrongSignature, $"{(why.Length > 0 ? name + why + ": " : name + ": ")}{both}.");
    }

    private static string Why(ContractMember wanted, StudentMember found, string kind)
    {
        if (found.Kind is not "constructor" && (kind == "method") != (found.Kind == "method"))
        {
            return kind == "method" ? $" is a {found.Kind}, not a method" : $" is a {found.Kind}, not a property";
        }

        if (found.Access != "public")
        {
            return $" is {found.Access}, not public";
        }

        if (found.IsStatic != wanted.IsStatic)
        {
            return wanted.IsStatic ? " is not static" : " is static, but should belong to an object";
        }

        if (found is { Kind: "method", Detail: > 0 })
        {
            return " is generic (it has type parameters)";
        }

        if (found.Kind == "method" && found.Type.Split('<')[0] is "Task" or "ValueTask" or "IAsyncEnumerable")
        {
            return " is asynchronous";
        }

        if (wanted.Property is not null && (wanted.How == "get" ? !found.CanRead : !found.CanWrite))
        {
            return wanted.How == "get" ? " cannot be read from outside" : " cannot be set from outside";
        }

        return "";
    }

    /// <summary>A member in C# spelling, without its body.</summary>
    internal static string Spell(StudentMember member, StudentType type)
    {
        string head = member.Access + (member.IsStatic ? " static " : " ");
        return member.Kind switch
        {
            "property" => $"{head}{member.Type} {member.Name} {{{(member.CanRead ? " get;" : "")}{(member.CanWrite ? " set;" : "")} }}",
            "field" => $"{head}{(member.CanWrite ? "" : "readonly ")}{member.Type} {member.Name}",
            "constructor" => $"{head}{type.Name}({Spell(member.Parameters)})",
            _ => $"{head}{member.Type} {member.Name}{TypeParameters(member.Detail)}({Spell(member.Parameters)})",
        };
    }

    private static string Spell(IReadOnlyList<StudentParameter> parameters) =>
        string.Join(", ", parameters.Select(parameter => $"{parameter.By} {parameter.Type} {parameter.Name}".Trim()));

    private static string TypeParameters(int count) => count switch
    {
        0 => "",
        1 => "<T>",
        _ => $"<{string.Join(", ", Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"T{i}")))}>",
    };

    private static StudentCodeException MissingType(StudentType type)
    {
        (string Name, bool IsPublic, string Kind)[] same = [.. type.Others.Where(other => other.Name == type.Name)];
        if (same.Count(other => other.IsPublic) > 1)
        {
            return Problem(StudentProblem.MissingMember, $"There are several public types named {type.Name}; keep one.");
        }

        if (same.Length > 0)
        {
            return Problem(StudentProblem.MissingMember, $"The {same[0].Kind} {type.Name} is not public: write `public {same[0].Kind} {type.Name}`.");
        }

        string[] names = [.. type.Others.Select(other => other.Name).Distinct()];
        string hint = NearestName.Find(type.Name, names) is { } nearest ? $" Did you mean {nearest}?"
            : names.Length is > 0 and <= 6 ? $" There is {string.Join(", ", names)}."
            : "";
        return Problem(StudentProblem.MissingMember, $"There is no public type {type.Name}.{hint}");
    }

    private static StudentCodeException MissingMember(ContractMember wanted, StudentType type)
    {
        string[] names = [.. type.Members.Where(member => member.Kind != "constructor").Select(member => member.Name).Distinct()];
        string hint = NearestName.Find(wanted.Name, names) is { } nearest ? $" Did you mean {nearest}? Names must match letter by letter." : "";
        string what = wanted.IsConstructor ? $"{type.Name} has no constructor" : $"{type.Name} has no {(wanted.Property is null ? "method" : "property")} {wanted.Name}";
        return Problem(StudentProblem.MissingMember, $"{what}: expected `{wanted.Signature()}`.{hint}");
    }

    private static StudentCodeException Problem(StudentProblem problem, string message) => new(problem, message);
}
