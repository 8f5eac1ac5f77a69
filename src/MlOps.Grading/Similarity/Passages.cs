namespace MlOps.Grading.Similarity;

/// <summary>From shared fingerprints to the stretches of code around them.</summary>
internal static class Passages
{
    /// <summary>How often a fingerprint is looked up in one file. Code that repeats itself would else give every pair of repetitions.</summary>
    private const int MostRepetitions = 16;

    /// <summary>A run of equal k-grams: where it begins in both files, and how many tokens it spans.</summary>
    private readonly record struct Run(int First, int Second, int Tokens)
    {
        internal int Diagonal => Second - First;
    }

    /// <summary>The matching passages, longest kept where they compete for the same tokens; those close together in both files are merged.</summary>
    internal static IReadOnlyList<MatchingPassage> Of(Solution first, Solution second, int k, HashSet<ulong> ignored)
    {
        var passages = new List<MatchingPassage>();
        Run? open = null;
        int matched = 0;
        int secondEnd = 0;
        foreach (Run run in Tiles(first, second, k, ignored).OrderBy(run => run.First))
        {
            if (open is { } before && run.First - (before.First + before.Tokens) <= k && run.Second >= secondEnd && run.Second - secondEnd <= k)
            {
                open = before with { Tokens = run.First + run.Tokens - before.First };
                matched += run.Tokens;
            }
            else
            {
                Close();
                (open, matched) = (run, run.Tokens);
            }

            secondEnd = run.Second + run.Tokens;
        }

        Close();
        return passages;

        void Close()
        {
            if (open is { } run)
            {
                LineRange one = first.Tokens.Lines(run.First, run.First + run.Tokens - 1);
                LineRange two = second.Tokens.Lines(run.Second, secondEnd - 1);
                passages.Add(new MatchingPassage(one, two, first.Tokens.Text(one), second.Tokens.Text(two), matched));
            }
        }
    }

    /// <summary>Runs that share no token with one another, in either file.</summary>
    private static List<Run> Tiles(Solution first, Solution second, int k, HashSet<ulong> ignored)
    {
        var tiles = new List<Run>();
        bool[] firstUsed = new bool[first.Tokens.Symbols.Count];
        bool[] secondUsed = new bool[second.Tokens.Symbols.Count];
        foreach (Run run in Runs(first, second, k, ignored).OrderByDescending(run => run.Tokens).ThenBy(run => run.First).ThenBy(run => run.Second))
        {
            int start = 0;
            for (int i = 0; i <= run.Tokens; i++)
            {
                if (i < run.Tokens && !firstUsed[run.First + i] && !secondUsed[run.Second + i])
                {
                    continue;
                }

                if (i - start >= k)
                {
                    tiles.Add(new Run(run.First + start, run.Second + start, i - start));
                    firstUsed.AsSpan(run.First + start, i - start).Fill(true);
                    secondUsed.AsSpan(run.Second + start, i - start).Fill(true);
                }

                start = i + 1;
            }
        }

        return tiles;
    }

    private static List<Run> Runs(Solution first, Solution second, int k, HashSet<ulong> ignored)
    {
        var runs = new List<Run>();
        var endOnDiagonal = new Dictionary<int, int>();
        var seeds = first.Fingerprints.Where(entry => second.Fingerprints.ContainsKey(entry.Key))
            .SelectMany(entry => entry.Value.Take(MostRepetitions).SelectMany(i => second.Fingerprints[entry.Key].Take(MostRepetitions).Select(j => (First: i, Second: j))))
            .OrderBy(seed => seed.First).ThenBy(seed => seed.Second);
        foreach ((int i, int j) in seeds)
        {
            if (endOnDiagonal.TryGetValue(j - i, out int end) && i < end)
            {
                continue; // inside a run already found
            }

            int back = 0;
            while (i - back > 0 && j - back > 0 && Matches(i - back - 1, j - back - 1))
            {
                back++;
            }

            int ahead = 1;
            while (i + ahead < first.Hashes.Length && j + ahead < second.Hashes.Length && Matches(i + ahead, j + ahead))
            {
                ahead++;
            }

            var run = new Run(i - back, j - back, back + ahead + k - 1);
            runs.Add(run);
            endOnDiagonal[run.Diagonal] = i + ahead;
        }

        return runs;

        bool Matches(int a, int b) => first.Hashes[a] == second.Hashes[b] && !ignored.Contains(first.Hashes[a]);
    }
}
