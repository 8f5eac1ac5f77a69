namespace MlOps.Grading.Calling;

/// <summary>Finds the name that someone may have meant.</summary>
internal static class NearestName
{
    /// <summary>The most similar name, if at most a third of it (and one letter at least) is different; null otherwise. Case counts little.</summary>
    internal static string? Find(string wanted, IEnumerable<string> names)
    {
        string? nearest = null;
        int smallest = Math.Max(1, wanted.Length / 3) + 1;
        foreach (string name in names)
        {
            int distance = Distance(wanted.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < smallest)
            {
                (nearest, smallest) = (name, distance);
            }
        }

        return nearest;
    }

    /// <summary>Levenshtein's distance: how many letters to insert, delete or replace.</summary>
    internal static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
