namespace MlOps.Grading.Similarity;

/// <summary>Finds solutions of one exercise that have more in common than chance and the task explain.</summary>
/// <remarks>
/// Each solution is reduced to tokens (see <see cref="SimilarPair"/> for the scores): names, values, comments and layout do not count. Runs of k
/// tokens are hashed and winnowed to fingerprints. Hashes that the starter has are left out before winnowing, and so are those
/// that more than <see cref="SimilarityOptions.CommonShare"/> of the class has: common code says how the task is solved, not who copied.
/// The price: a solution that most of the class has from one source is common code and is not reported.
/// <para>For C# only. In prose every word is an identifier, so all essays would look alike.</para>
/// <para>Same input, same result, on every machine. An inverted index counts shared fingerprints, so time grows with the text and with
/// the fingerprints that are really shared, not with all pairs of solutions.</para>
/// <para>Source: S. Schleimer, D. S. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003.</para>
/// </remarks>
public static class CodeSimilarity
{
    /// <summary>Compares the solutions of a class.</summary>
    /// <param name="solutions">Each student once, with the text of the file handed in. It need not parse; empty text is too short.</param>
    /// <param name="starter">The text every student began with; empty if there was none.</param>
    /// <param name="options">What counts as a match; null for the defaults.</param>
    /// <exception cref="ArgumentException">A student is there twice.</exception>
    public static SimilarityResult Compare(
        IReadOnlyList<(string Student, string Source)> solutions, string starter, SimilarityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(solutions);
        ArgumentNullException.ThrowIfNull(starter);
        options ??= new SimilarityOptions();
        string? twice = solutions.GroupBy(solution => solution.Student, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"Each student can be compared once; '{twice}' is there twice.", nameof(solutions));
        }

        int k = options.GramLength;
        Solution[] all = [.. solutions.Select(solution => Solution.Read(solution.Student, solution.Source, k))];
        HashSet<ulong> ignored = [.. Winnowing.Hashes(TokenStream.Read(starter).Symbols, k)];
        ignored.UnionWith(CommonHashes(all, options));

        ILookup<bool, Solution> longEnough = all.ToLookup(solution => solution.OwnTokens(k, ignored) >= options.MinTokens);
        Solution[] compared = [.. longEnough[true]];
        foreach (Solution solution in compared)
        {
            solution.Fingerprint(options.Window, ignored);
        }

        return new SimilarityResult(compared.Length, [.. longEnough[false].Select(solution => solution.Student)], Pairs(compared, ignored, options), options);
    }

    private static IEnumerable<ulong> CommonHashes(Solution[] solutions, SimilarityOptions options)
    {
        double most = Math.Max(options.CommonShare * solutions.Length, options.CommonStudents);
        return solutions.SelectMany(solution => solution.Hashes.Distinct())
            .CountBy(hash => hash)
            .Where(entry => entry.Value > most)
            .Select(entry => entry.Key);
    }

    private static SimilarPair[] Pairs(Solution[] solutions, HashSet<ulong> ignored, SimilarityOptions options)
    {
        int[][] shared = CountShared(solutions);
        var found = new List<(int First, int Second, double Containment, double Jaccard)>();
        for (int second = 0; second < solutions.Length; second++)
        {
            for (int first = 0; first < second; first++)
            {
                int both = shared[second][first];
                (int a, int b) = (solutions[first].Fingerprints.Count, solutions[second].Fingerprints.Count);
                double containment = both == 0 ? 0 : (double)both / Math.Min(a, b);
                if (both > 0 && containment >= options.Threshold)
                {
                    found.Add((first, second, containment, (double)both / (a + b - both)));
                }
            }
        }

        return
        [
            .. found.OrderByDescending(pair => pair.Containment).ThenByDescending(pair => pair.Jaccard).ThenBy(pair => pair.First).ThenBy(pair => pair.Second)
                .Select(pair => new SimilarPair(
                    solutions[pair.First].Student, solutions[pair.Second].Student, pair.Containment, pair.Jaccard,
                    shared[pair.Second][pair.First], Passages.Of(solutions[pair.First], solutions[pair.Second], options.GramLength, ignored))),
        ];
    }

    /// <summary>The fingerprints each pair has in common: <c>[second][first]</c> for first &lt; second.</summary>
    private static int[][] CountShared(Solution[] solutions)
    {
        int[][] shared = [.. solutions.Select((_, i) => new int[i])];
        var index = new Dictionary<ulong, List<int>>();
        for (int second = 0; second < solutions.Length; second++)
        {
            foreach (ulong hash in solutions[second].Fingerprints.Keys)
            {
                if (!index.TryGetValue(hash, out List<int>? earlier))
                {
                    index[hash] = earlier = [];
                }

                foreach (int first in earlier)
                {
                    shared[second][first]++;
                }

                earlier.Add(second);
            }
        }

        return shared;
    }
}
