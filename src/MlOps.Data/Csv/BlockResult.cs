namespace MlOps.Data.Csv;

/// <summary>What is wrong with a block.</summary>
/// <param name="Line">The line in the block, from 1.</param>
/// <param name="Column">The column, or null when it is the row.</param>
/// <param name="Problem">What came and what is needed.</param>
internal sealed record BlockFault(long Line, string? Column, string Problem);

/// <summary>One block, parsed.</summary>
/// <param name="Index">Its place in the file.</param>
/// <param name="RowCount">Its rows; the chunks may be longer.</param>
/// <param name="LineCount">Its lines, for the line numbers of the blocks after it.</param>
/// <param name="Chunks">A chunk a column.</param>
/// <param name="Fault">The first thing wrong with it, or null.</param>
internal sealed record BlockResult(int Index, int RowCount, int LineCount, Chunk[] Chunks, BlockFault? Fault);
