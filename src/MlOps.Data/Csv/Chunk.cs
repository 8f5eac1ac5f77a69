namespace MlOps.Data.Csv;

/// <summary>What the chunks of one block share: how fields look and which texts are missing.</summary>
internal sealed record ChunkContext(FieldScanner Scanner, MissingTokens Missing, int Capacity);

/// <summary>The values of one column in one block.</summary>
internal abstract class Chunk(ChunkContext context)
{
    /// <summary>Returned by <see cref="Read"/> when the value is of another kind.</summary>
    internal const int WrongKind = -1;

    /// <summary>Gets the kind of the values.</summary>
    internal abstract ValueKind Kind { get; }

    /// <summary>Gets the flags of missing rows, null while nothing is missing; as long as the block may have rows.</summary>
    internal bool[]? MissingFlags { get; private protected set; }

    /// <summary>Gets a value indicating whether an empty value in quotes was taken for missing: as text it would be "".</summary>
    internal bool SawQuotedEmpty { get; private protected set; }

    protected ChunkContext Context { get; } = context;

    /// <summary>Reads the field at <paramref name="start"/> into <paramref name="row"/>.</summary>
    /// <returns>The position of the separator or line end after the field, or <see cref="WrongKind"/>.</returns>
    internal abstract int Read(ReadOnlySpan<byte> data, int start, int row);

    private protected void SetMissing(int row) => (MissingFlags ??= new bool[Context.Capacity])[row] = true;

    /// <summary>Takes over the missing rows of a chunk that was found to be of another kind.</summary>
    private protected void Inherit(Chunk narrower)
    {
        MissingFlags = narrower.MissingFlags;
        SawQuotedEmpty = narrower.SawQuotedEmpty;
    }
}

/// <summary>A column that has shown no value yet in this block.</summary>
internal sealed class EmptyChunk(ChunkContext context) : Chunk(context)
{
    internal override ValueKind Kind => ValueKind.None;

    internal override int Read(ReadOnlySpan<byte> data, int start, int row)
    {
        Field field = Context.Scanner.Read(data, start);
        bool quotedEmpty = field.Quoted && field.Text.IsEmpty;
        if (!quotedEmpty && (field.Quoted || !Context.Missing.Contains(field.Text)))
        {
            return WrongKind;
        }

        SawQuotedEmpty |= quotedEmpty;
        SetMissing(row);
        return field.End;
    }
}

/// <summary>A column that is not wanted.</summary>
internal sealed class SkipChunk(ChunkContext context) : Chunk(context)
{
    internal override ValueKind Kind => ValueKind.Skip;

    internal override int Read(ReadOnlySpan<byte> data, int start, int row) => Context.Scanner.Read(data, start).End;
}
