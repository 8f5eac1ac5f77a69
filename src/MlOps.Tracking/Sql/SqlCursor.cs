namespace MlOps.Tracking.Sql;

/// <summary>The rows of a statement, one after the other. Disposing it gives the statement back.</summary>
internal abstract class SqlCursor : IDisposable
{
    internal abstract bool Read();

    internal abstract bool IsNull(int column);

    internal abstract long Number(int column);

    internal abstract string Text(int column);

    internal long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public abstract void Dispose();
}
