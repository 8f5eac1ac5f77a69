using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>A condition on texts, asked once per distinct text and not once per row.</summary>
internal static class LevelScan
{
    /// <summary>Marks the rows whose text does not meet the condition; returns the number of rows with a text.</summary>
    internal static long Mark(StringColumn column, Func<string, bool> meets, RowMask failing)
    {
        ReadOnlySpan<int> codes = column.Codes;
        bool[] occurs = new bool[column.Levels.Length + 1]; // a level need not occur; place 0 is for missing values, whose code is −1
        foreach (int code in codes)
        {
            occurs[code + 1] = true;
        }

        byte[] fails = new byte[occurs.Length];
        for (int level = 0; level < column.Levels.Length; level++)
        {
            fails[level + 1] = occurs[level + 1] && !meets(column.Levels[level]) ? (byte)1 : (byte)0;
        }

        for (int start = 0; start < codes.Length; start += 64)
        {
            ReadOnlySpan<int> block = codes.Slice(start, Math.Min(64, codes.Length - start));
            ulong bits = 0;
            for (int i = 0; i < block.Length; i++)
            {
                bits |= (ulong)fails[block[i] + 1] << i; // without a branch: which rows fail is not to be predicted
            }

            failing.Mark(start / 64, bits);
        }

        return column.Count - column.MissingCount;
    }
}
