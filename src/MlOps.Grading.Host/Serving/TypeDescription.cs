using System.Reflection;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Host.Serving;

/// <summary>Tells the grader what a student's type looks like. The grader compares it with what is needed and chooses the words.</summary>
internal sealed class TypeDescription(Assembly assembly)
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private readonly Queue<Type> _open = new();
    private readonly HashSet<Type> _named = [];

    /// <summary>Gets the members described so far; the place of a member is its name in later questions.</summary>
    internal List<MemberInfo> Members { get; } = [];

    /// <summary>Writes <c>["type", kind, first member, members, named types]</c>, or <c>["missing", types]</c> if no type or several have the name.</summary>
    internal void Write(JsonOutput json, string name)
    {
        Type? found = null;
        int count = 0;
        Type[] types = assembly.GetTypes();
        foreach (Type type in types)
        {
            if (type.Name == name && (type.IsPublic || type.IsNestedPublic))
            {
                found = found is { IsNested: false } && type.IsNested ? found : type;
                count += type.IsNested ? 0 : 1;
            }
        }

        if (found is null || count > 1)
        {
            WriteMissing(json, types);
            return;
        }

        json.Value("type");
        json.Value(Kind(found));
        json.Value(Members.Count);
        json.StartArray();
        foreach (MemberInfo member in found.GetMembers(Everything))
        {
            if (!IsNoise(member))
            {
                Members.Add(member);
                WriteMember(json, member);
            }
        }

        json.EndArray();
        WriteNamedTypes(json);
    }

    private static void WriteMissing(JsonOutput json, Type[] types)
    {
        json.Value("missing");
        json.StartArray();
        foreach (Type type in types)
        {
            if (!type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) != true && type.Namespace?.StartsWith("System.Runtime", StringComparison.Ordinal) != true)
            {
                json.StartArray();
                json.Value(type.Name);
                json.Value(type.IsPublic || type.IsNestedPublic);
                json.Value(Kind(type));
                json.EndArray();
            }
        }

        json.EndArray();
    }

    private static bool IsNoise(MemberInfo member) =>
        member.DeclaringType == typeof(object)
        || member.DeclaringType == typeof(ValueType)
        || member.Name.Contains('<', StringComparison.Ordinal)
        || member is MethodInfo { IsSpecialName: true } or not (MethodBase or PropertyInfo or FieldInfo)
        || member is ConstructorInfo { IsStatic: true };

    private void WriteMember(JsonOutput json, MemberInfo member)
    {
        json.StartArray();
        switch (member)
        {
            case MethodBase method:
                WriteHead(json, method is ConstructorInfo ? "constructor" : "method", member, method);
                json.Value(method.IsGenericMethodDefinition ? method.GetGenericArguments().Length : 0);
                WriteType(json, method is MethodInfo returning ? returning.ReturnType : method.DeclaringType!);
                WriteParameters(json, method.GetParameters());
                break;
            case PropertyInfo property:
                WriteHead(json, property.GetIndexParameters().Length > 0 ? "indexer" : "property", member, MostVisible(property));
                json.Value((property.GetMethod is { IsPublic: true } ? 1 : 0) + (property.SetMethod is { IsPublic: true } ? 2 : 0));
                WriteType(json, property.PropertyType);
                break;
            case FieldInfo field:
                WriteHead(json, "field", Access(field.Attributes), field.Name, field.IsStatic);
                json.Value(field.IsInitOnly || field.IsLiteral ? 1 : 3);
                WriteType(json, field.FieldType);
                break;
        }

        json.EndArray();
    }

    private static MethodInfo MostVisible(PropertyInfo property) =>
        property.GetMethod is { IsPublic: true } get ? get : property.SetMethod is { IsPublic: true } set ? set : property.GetMethod ?? property.SetMethod!;

    private static void WriteHead(JsonOutput json, string kind, MemberInfo member, MethodBase method) => WriteHead(json, kind, Access((FieldAttributes)method.Attributes), member.Name, method.IsStatic);

    private static void WriteHead(JsonOutput json, string kind, string access, string name, bool isStatic)
    {
        json.Value(kind);
        json.Value(access);
        json.Value(isStatic);
        json.Value(name);
    }

    private void WriteParameters(JsonOutput json, ParameterInfo[] parameters)
    {
        json.StartArray();
        foreach (ParameterInfo parameter in parameters)
        {
            json.StartArray();
            json.Value(parameter.Name ?? "");
            WriteType(json, parameter.ParameterType);
            json.Value(!parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out" : parameter.IsIn ? "in" : "ref");
            json.Value(parameter.HasDefaultValue);
            json.EndArray();
        }

        json.EndArray();
    }

    private void WriteType(JsonOutput json, Type type)
    {
        json.Value(CSharpName.Of(type));
        Name(type);
    }

    /// <summary>Remembers the types in a type that only this assembly or a course library explains.</summary>
    private void Name(Type type)
    {
        if (type.HasElementType)
        {
            Name(type.GetElementType()!);
        }
        else if (type.IsGenericType && type.Assembly == typeof(object).Assembly)
        {
            Array.ForEach(type.GetGenericArguments(), Name);
        }
        else if (!type.IsGenericParameter && !type.IsPrimitive && type != typeof(string) && type != typeof(void) && type != typeof(object) && type != typeof(decimal) && _named.Add(type))
        {
            _open.Enqueue(type);
        }
    }

    private void WriteNamedTypes(JsonOutput json)
    {
        json.StartArray();
        while (_open.TryDequeue(out Type? type))
        {
            json.StartArray();
            json.Value(CSharpName.Of(type));
            if (type.IsEnum)
            {
                json.Value("enum");
                json.StartArray();
                Array.ForEach(Enum.GetNames(type), json.Value);
                json.EndArray();
            }
            else if (type.Assembly == typeof(object).Assembly && !type.IsValueType)
            {
                json.Value("opaque"); // a class of .NET itself that no rule above knows
            }
            else
            {
                WriteShape(json, DataShape.Of(type));
            }

            json.EndArray();
        }

        json.EndArray();
    }

    private void WriteShape(JsonOutput json, DataShape shape)
    {
        json.Value("data");
        json.StartArray();
        foreach (DataMember member in shape.Members)
        {
            json.StartArray();
            json.Value(member.Name);
            WriteType(json, member.Type);
            json.EndArray();
        }

        json.EndArray();
        json.Value(shape.CanMake);
        WriteParameters(json, shape.Constructor?.GetParameters() ?? []);
    }

    private static string Kind(Type type) =>
        type.IsInterface ? "interface"
        : type.IsEnum ? "enum"
        : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class"
        : "class";

    /// <summary>Methods and fields keep their access in the same bits.</summary>
    private static string Access(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask) switch
    {
        FieldAttributes.Public => "public",
        FieldAttributes.Assembly => "internal",
        FieldAttributes.Family => "protected",
        FieldAttributes.FamORAssem => "protected internal",
        FieldAttributes.FamANDAssem => "private protected",
        _ => "private",
    };
}
