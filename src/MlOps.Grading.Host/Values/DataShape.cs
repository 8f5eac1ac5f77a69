using System.Reflection;

namespace MlOps.Grading.Host.Values;

/// <summary>What a record, class or struct consists of: its public properties and fields, and how to make one from them.</summary>
internal sealed class DataShape
{
    private static readonly Dictionary<Type, DataShape> s_known = [];

    private DataShape(Type type)
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance;
        foreach (PropertyInfo property in type.GetProperties(own))
        {
            if (property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRef)
            {
                Members.Add(new DataMember(property.Name, property.PropertyType, property));
            }
        }

        foreach (FieldInfo field in type.GetFields(own))
        {
            Members.Add(new DataMember(field.Name, field.FieldType, field));
        }

        Constructor = type.IsAbstract ? null : FindConstructor(type.GetConstructors());
        CanMake = !type.IsAbstract && (Constructor is not null || type.IsValueType);
    }

    internal List<DataMember> Members { get; } = [];

    /// <summary>Gets the longest public constructor all of whose parameters are members; null for a struct without one.</summary>
    internal ConstructorInfo? Constructor { get; }

    internal bool CanMake { get; }

    internal static DataShape Of(Type type)
    {
        lock (s_known)
        {
            return s_known.TryGetValue(type, out DataShape? shape) ? shape : s_known[type] = new DataShape(type);
        }
    }

    /// <summary>The member of that name; case does not count, so that a parameter finds its property.</summary>
    internal DataMember? Find(string? name)
    {
        foreach (DataMember member in Members)
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member;
            }
        }

        return null;
    }

    private ConstructorInfo? FindConstructor(ConstructorInfo[] constructors)
    {
        ConstructorInfo? longest = null;
        int count = -1;
        foreach (ConstructorInfo constructor in constructors)
        {
            ParameterInfo[] parameters = constructor.GetParameters();
            if (parameters.Length > count && Array.TrueForAll(parameters, parameter => Find(parameter.Name)?.Type == parameter.ParameterType))
            {
                (longest, count) = (constructor, parameters.Length);
            }
        }

        return longest;
    }
}
