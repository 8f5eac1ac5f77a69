namespace MlOps;

/// <summary>How far two words are apart: for "did you mean" in a message.</summary>
internal static class EditDistance
{
    /// <summary>The fewest letters to add, drop, replace or swap with their neighbour (optimal string alignment). Capitals count; O(a·b) time and memory.</summary>
    internal static int Between(string a, string b)
    {
        int[,] edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                int best = Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                edits[i, j] = swapped ? Math.Min(best, edits[i - 2, j - 2] + 1) : best;
            }
        }

        return edits[a.Length, b.Length];
    }
}
