namespace MlOps.Drift.Sql;

/// <summary>A column of one side as the engine describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Quoted">Its name in SQL.</param>
/// <param name="Declared">The engine's word for its type, in lower case.</param>
/// <param name="Clr">The type in which its values would come.</param>
internal sealed record SqlColumn(string Name, string Quoted, string Declared, Type Clr)
{
    internal bool SaysBool => Declared.Contains("bool", StringComparison.Ordinal);

    internal bool SaysTime => Declared.Contains("date", StringComparison.Ordinal) || Declared.Contains("time", StringComparison.Ordinal);

    internal bool IsWhole => Type.GetTypeCode(Clr) is >= TypeCode.SByte and <= TypeCode.UInt64;
}
