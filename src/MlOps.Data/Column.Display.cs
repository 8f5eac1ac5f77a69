namespace MlOps.Data;

public abstract partial class Column
{
    /// <summary>Returns how a notebook shows the column: as a <see cref="Table"/> of one column.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Table(this).ToMimeBundle();

    /// <summary>Returns the first values, the type and a summary line.</summary>
    public override string ToString() => new Table(this).ToString();
}
