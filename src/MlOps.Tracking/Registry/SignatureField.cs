using System.Globalization;

namespace MlOps.Tracking.Registry;

/// <summary>One input or output of a model: a column of a table, or a tensor.</summary>
/// <param name="Name">The column's or the tensor's name; empty if the model has one without a name.</param>
/// <param name="Type">Of a column MLflow's word: <c>boolean</c>, <c>integer</c> (32 bits), <c>long</c>, <c>float</c>, <c>double</c>, <c>string</c>, <c>binary</c>, <c>datetime</c>.
/// Of a tensor NumPy's: <c>float32</c>, <c>int64</c> and so on.</param>
/// <param name="Shape">Of a tensor the lengths of its axes, −1 for any; null for a column.</param>
/// <param name="Required">Whether a caller must give it.</param>
public sealed record SignatureField(string Name, string Type, IReadOnlyList<long>? Shape = null, bool Required = true)
{
    /// <summary>Returns whether two fields have the same name, type, shape and need.</summary>
    public bool Equals(SignatureField? other) =>
        other is not null && Name == other.Name && Required == other.Required && SameKind(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Required, Shape?.Count);

    /// <summary>Returns <c>age: long</c>, or <c>image: float32 [-1, 28, 28]</c>; a question mark follows what need not be given.</summary>
    public override string ToString() => (Name.Length == 0 ? "" : Name + ": ") + Kind + (Required ? "" : "?");

    /// <summary>The type, and the shape of a tensor.</summary>
    internal string Kind => Shape is null ? Type : $"{Type} [{string.Join(", ", Shape.Select(n => n.ToString(CultureInfo.InvariantCulture)))}]";

    internal bool SameKind(SignatureField other) =>
        Type == other.Type && (Shape is null ? other.Shape is null : other.Shape is not null && Shape.SequenceEqual(other.Shape));
}
