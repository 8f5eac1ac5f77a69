using System.Reflection;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Calling;

/// <summary>What a test wants to call: one member of a contract, a constructor, or a value to look up.</summary>
/// <param name="TypeName">The student's type.</param>
/// <param name="Name">The member's name; the type's for a constructor.</param>
/// <param name="How"><c>call</c>, <c>get</c> or <c>set</c>.</param>
/// <param name="IsStatic">Whether it belongs to the type.</param>
/// <param name="IsConstructor">Whether it makes an object.</param>
/// <param name="Returns">What the test gets back; <see cref="void"/> for nothing.</param>
/// <param name="Parameters">Name (null if the contract has none) and type of what the test passes; a null type fits whatever can be null.</param>
/// <param name="Property">For get and set: how the property is spelled after its name; null for methods.</param>
internal sealed record ContractMember(string TypeName, string Name, string How, bool IsStatic, bool IsConstructor, Type Returns, IReadOnlyList<(string? Name, Type? Type)> Parameters, string? Property)
{
    /// <summary>A method of an interface, or an accessor of one of its properties.</summary>
    /// <exception cref="NotSupportedException">The contract asks for what cannot cross processes: an error of the test's author.</exception>
    internal static ContractMember Of(Type contract, MethodInfo method, bool isStatic)
    {
        string typeName = TypeNameOf(contract);
        if (method.IsGenericMethod || method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef || parameter.ParameterType.IsByRefLike) || method.ReturnType.IsByRefLike)
        {
            throw new NotSupportedException($"The contract {contract.Name} must use arrays for spans, and neither ref, out nor type parameters: {method.Name}.");
        }

        if (contract.GetProperties().Concat(contract.GetInterfaces().SelectMany(inherited => inherited.GetProperties())).FirstOrDefault(property => property.GetMethod == method || property.SetMethod == method) is { } property)
        {
            string accessors = property.CanRead && property.CanWrite ? "{ get; set; }" : property.CanRead ? "{ get; }" : "{ set; }";
            bool isGet = property.GetMethod == method;
            return new ContractMember(typeName, property.Name, isGet ? "get" : "set", isStatic, false, isGet ? property.PropertyType : typeof(void), isGet ? [] : [("value", property.PropertyType)], accessors);
        }

        return new ContractMember(typeName, method.Name, "call", isStatic, false, method.ReturnType, [.. method.GetParameters().Select(parameter => (parameter.Name, (Type?)parameter.ParameterType))], null);
    }

    /// <summary>The constructor that takes these arguments.</summary>
    internal static ContractMember Constructor(Type contract, object?[] arguments) =>
        new(TypeNameOf(contract), TypeNameOf(contract), "call", false, true, contract, [.. arguments.Select(argument => ((string?)null, ArgumentType(argument)))], null);

    /// <summary>A static property or field.</summary>
    internal static ContractMember Value(string typeName, string name, Type type) => new(typeName, name, "get", true, false, type, [], "{ get; }");

    /// <summary><c>IPageHinkley</c> stands for the student's <c>PageHinkley</c>.</summary>
    internal static string TypeNameOf(Type contract) =>
        contract.Name is ['I', >= 'A' and <= 'Z', ..] name ? name[1..] : contract.Name;

    /// <summary>The member as a student would declare it.</summary>
    internal string Signature()
    {
        string type = Property is null ? CSharpName.Of(Returns) : CSharpName.Of(How == "set" ? Parameters[0].Type! : Returns);
        if (TypeFit.IsObject(Returns))
        {
            type = TypeNameOf(Returns);
        }

        string head = "public " + (IsStatic ? "static " : "") + (IsConstructor ? Name : $"{type} {Name}");
        return Property is not null
            ? $"{head} {Property}"
            : $"{head}({string.Join(", ", Parameters.Select(parameter => parameter.Type is null ? "null" : (CSharpName.Of(parameter.Type) + " " + parameter.Name).Trim()))})";
    }

    private static Type? ArgumentType(object? argument) => argument is CallProxy proxy ? proxy.Contract : argument?.GetType();
}
