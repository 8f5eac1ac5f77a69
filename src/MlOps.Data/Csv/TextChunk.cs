using System.Runtime.CompilerServices;

namespace MlOps.Data.Csv;

/// <summary>The texts of one column in one block: a code a row, and the distinct texts in order of first appearance.</summary>
internal sealed class TextChunk : Chunk
{
    private const int Missing = -1;
    private readonly TextIndex _index = new();

    /// <summary>Starts at <paramref name="row"/>; the rows before are missing.</summary>
    internal TextChunk(ChunkContext context, int row)
        : base(context)
    {
        Codes = GC.AllocateUninitializedArray<int>(context.Capacity);
        Codes.AsSpan(0, row).Fill(Missing);
    }

    internal override ValueKind Kind => ValueKind.Text;

    /// <summary>Gets an index into <see cref="Levels"/> for every row, −1 where the value is missing.</summary>
    internal int[] Codes { get; }

    internal IReadOnlyList<string> Levels => _index.Levels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot in the very first file: no time to warm up
    internal override int Read(ReadOnlySpan<byte> data, int start, int row)
    {
        Field field = Context.Scanner.Read(data, start);
        bool token = field.Quoted && Context.Missing.Contains(field.Text); // "NA" in quotes is a text, NA without is not
        int code = _index.Find(field.Text, token);
        if (code == TextIndex.Unknown)
        {
            bool missing = !field.Quoted && Context.Missing.Contains(field.Text);
            code = _index.Add(field.Text, token, missing, start);
        }

        Codes[row] = code;
        return field.End;
    }
}
