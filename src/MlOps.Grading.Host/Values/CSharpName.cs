using System.Text;

namespace MlOps.Grading.Host.Values;

/// <summary>A type's name as C# spells it: <c>double[]</c>, <c>List&lt;(int, string)&gt;</c>, <c>int?</c>.</summary>
/// <remarks>Without namespaces. An array of arrays is spelled from the inside out, which differs from C# only for mixed ranks.</remarks>
internal static class CSharpName
{
    internal static string Of(Type type)
    {
        if (Keyword(type) is { } keyword)
        {
            return keyword;
        }

        if (type.IsByRef)
        {
            return Of(type.GetElementType()!);
        }

        if (type.IsPointer)
        {
            return Of(type.GetElementType()!) + "*";
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        return type.IsGenericType ? Generic(type) : type.Name;
    }

    private static string Generic(Type type)
    {
        Type[] arguments = type.GetGenericArguments();
        bool isTuple = IsValueTuple(type) && !type.IsGenericTypeDefinition && arguments.Length > 1;
        var text = new StringBuilder();
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        text.Append(isTuple ? "" : tick < 0 ? type.Name : type.Name[..tick]).Append(isTuple ? '(' : '<');
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = Of(arguments[i]);
            bool isRest = isTuple && i == 7; // the eighth place of a long tuple is a tuple of the others
            text.Append(i > 0 ? ", " : "").Append(isRest ? Inside(argument) : argument);
        }

        return text.Append(isTuple ? ')' : '>').ToString();
    }

    private static string Inside(string rest) => rest[0] == '(' ? rest[1..^1] : rest["ValueTuple<".Length..^1];

    internal static bool IsValueTuple(Type type) => type.IsValueType && type.IsGenericType && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal);

    private static string? Keyword(Type type) => type.IsEnum ? null : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.Char => "char",
        TypeCode.Decimal => "decimal",
        TypeCode.Double => "double",
        TypeCode.Int16 => "short",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        TypeCode.SByte => "sbyte",
        TypeCode.Single => "float",
        TypeCode.String => "string",
        TypeCode.UInt16 => "ushort",
        TypeCode.UInt32 => "uint",
        TypeCode.UInt64 => "ulong",
        _ when type == typeof(object) => "object",
        _ when type == typeof(void) => "void",
        _ => null,
    };
}
