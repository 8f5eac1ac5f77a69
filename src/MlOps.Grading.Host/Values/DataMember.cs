using System.Reflection;

namespace MlOps.Grading.Host.Values;

/// <summary>A public property or field that carries data.</summary>
internal sealed record DataMember(string Name, Type Type, MemberInfo Source)
{
    internal bool CanSet => Source is PropertyInfo property ? property.SetMethod is { IsPublic: true } : !((FieldInfo)Source).IsInitOnly;

    internal object? Get(object owner) => Source is PropertyInfo property
        ? property.GetValue(owner, BindingFlags.DoNotWrapExceptions, null, null, null)
        : ((FieldInfo)Source).GetValue(owner);

    internal void Set(object owner, object? value)
    {
        if (Source is PropertyInfo property)
        {
            property.SetValue(owner, value, BindingFlags.DoNotWrapExceptions, null, null, null);
        }
        else
        {
            ((FieldInfo)Source).SetValue(owner, value);
        }
    }
}
