namespace MlOps.Drift;

/// <summary>The names of the tests, as results, JSON and the command line write them.</summary>
public static class DriftTestNames
{
    private static readonly (string Name, DriftTests Test)[] Names =
    [
        ("psi", DriftTests.Psi),
        ("ks", DriftTests.KolmogorovSmirnov),
        ("chi2", DriftTests.ChiSquare),
        ("wasserstein", DriftTests.Wasserstein),
        ("jensen-shannon", DriftTests.JensenShannon),
        ("kl", DriftTests.KullbackLeibler),
        ("energy", DriftTests.Energy),
        ("hellinger", DriftTests.Hellinger),
        ("total-variation", DriftTests.TotalVariation),
        ("anderson-darling", DriftTests.AndersonDarling),
        ("cramer-von-mises", DriftTests.CramerVonMises),
        ("mann-whitney", DriftTests.MannWhitney),
        ("welch", DriftTests.Welch),
        ("g", DriftTests.G),
        ("fisher", DriftTests.Fisher),
        ("z", DriftTests.ProportionsZ),
    ];

    /// <summary>Gets the names of all single tests, in the order of a report.</summary>
    public static IReadOnlyList<string> All { get; } = Array.AsReadOnly(Array.ConvertAll(Names, entry => entry.Name));

    /// <summary>Reads names of tests; <c>default</c> and <c>all</c> stand for those sets.</summary>
    /// <param name="names">The names, in lower case; none gives <see cref="DriftTests.None"/>.</param>
    /// <exception cref="ArgumentException">A name is unknown; the message lists the known ones.</exception>
    public static DriftTests Parse(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        DriftTests tests = DriftTests.None;
        foreach (string name in names)
        {
            tests |= name switch
            {
                "default" => DriftTests.Default,
                "all" => DriftTests.All,
                _ => Array.Find(Names, entry => entry.Name == name).Test is var test and not DriftTests.None
                    ? test
                    : throw new ArgumentException($"There is no drift test '{name}'. There are: {string.Join(", ", All)}; and the sets default, all.", nameof(names)),
            };
        }

        return tests;
    }

    /// <summary>Returns the names of a set of tests, in the order of a report.</summary>
    public static IReadOnlyList<string> Of(DriftTests tests) => [.. Names.Where(entry => (tests & entry.Test) != 0).Select(entry => entry.Name)];
}
