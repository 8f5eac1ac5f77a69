using System.Runtime.CompilerServices;

namespace MlOps.Data.Csv;

/// <summary>The values of one column of numbers, truth values or times in one block.</summary>
internal abstract class ValueChunk<T>(ChunkContext context) : Chunk(context)
    where T : struct
{
    /// <summary>Gets the values, as many as the block may have rows. Rows not yet read are not initialised.</summary>
    internal T[] Values { get; } = GC.AllocateUninitializedArray<T>(context.Capacity);

    /// <summary>What a missing row holds.</summary>
    private protected virtual T MissingValue => default;

    /// <summary>Parses a whole field; surrounding blanks are allowed.</summary>
    private protected abstract bool TryParse(ReadOnlySpan<byte> text, out T value);

    /// <summary>Fills the rows before <paramref name="row"/>, all of which are missing in <paramref name="empty"/>.</summary>
    private protected void StartAfter(EmptyChunk empty, int row)
    {
        Inherit(empty);
        Values.AsSpan(0, row).Fill(MissingValue);
    }

    /// <inheritdoc/>
    internal override int Read(ReadOnlySpan<byte> data, int start, int row) => ReadAny(data, start, row);

    /// <summary>Reads a field of any form: quoted, missing, or one that the fast way does not cover.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot in the very first file: no time to warm up
    private protected int ReadAny(ReadOnlySpan<byte> data, int start, int row)
    {
        Field field = Context.Scanner.Read(data, start);
        if (field.Quoted ? field.Text.IsEmpty : Context.Missing.Contains(field.Text))
        {
            SawQuotedEmpty |= field.Quoted;
            SetMissing(row);
            Values[row] = MissingValue;
            return field.End;
        }

        return TryParse(field.Text, out Values[row]) ? field.End : WrongKind;
    }
}

/// <summary>Truth values of one block.</summary>
internal sealed class BoolChunk : ValueChunk<bool>
{
    internal BoolChunk(ChunkContext context, EmptyChunk empty, int row)
        : base(context) => StartAfter(empty, row);

    internal override ValueKind Kind => ValueKind.Bool;

    private protected override bool TryParse(ReadOnlySpan<byte> text, out bool value) => ValueParser.TryBool(text, out value);
}

/// <summary>Times of one block.</summary>
internal sealed class TimeChunk : ValueChunk<DateTime>
{
    internal TimeChunk(ChunkContext context, EmptyChunk empty, int row)
        : base(context) => StartAfter(empty, row);

    internal override ValueKind Kind => ValueKind.Time;

    private protected override bool TryParse(ReadOnlySpan<byte> text, out DateTime value) => ValueParser.TryTime(text, out value);
}
