using System.Globalization;
using System.Text;

namespace MlOps.Exercises.Tests.Week12.HeldBack;

/// <summary>Makes the six files of exercise 12.7: three made-up lenders, each before and after its model lost 5 points of accuracy.</summary>
/// <remarks>Only +, −, · and / on a seeded <see cref="Random"/>, so the bytes are the same on every machine. The seeds were
/// searched so that every pair of samples shows a loss of about 5 points; the causes are in the code, not in the seeds.</remarks>
internal static class DiagnosisData
{
    private const string Header = "applied_on,channel,employment,purpose,income,existing_emi,credit_score,predicted,defaulted\n";
    private const int RowsPerFile = 800;

    private static readonly World s_quiet = new(GigShare: 0.10, LoadWeight: 4.5, BrokenFromDay: int.MaxValue, FestivalShare: 0.02);

    /// <summary>Who applies has changed, and it is the festival season both times. Gig workers are hard to predict, then as now.</summary>
    internal static readonly World MoreGigWorkers = s_quiet with { GigShare = 0.36, FestivalShare = 0.24 };

    /// <summary>The same people apply, but instalments weigh more in the risk than they did.</summary>
    internal static readonly World HeavierInstalments = s_quiet with { LoadWeight = 7.5 };

    /// <summary>From the eighth day on, the incomes of partners' customers reach the model in thousands of rupees.</summary>
    internal static readonly World IncomeInThousands = s_quiet with { BrokenFromDay = 7 };

    /// <summary>File name → text, as it lies in exercises/week12/data.</summary>
    internal static IReadOnlyDictionary<string, string> Files() => new Dictionary<string, string>
    {
        ["a-reference.csv"] = Make(s_quiet with { FestivalShare = 0.24 }, new DateOnly(2024, 10, 3), seed: 2),
        ["a-current.csv"] = Make(MoreGigWorkers, new DateOnly(2025, 9, 22), seed: 7),
        ["b-reference.csv"] = Make(s_quiet, new DateOnly(2024, 6, 1), seed: 5),
        ["b-current.csv"] = Make(HeavierInstalments, new DateOnly(2025, 6, 1), seed: 12),
        ["c-reference.csv"] = Make(s_quiet, new DateOnly(2024, 2, 1), seed: 52),
        ["c-current.csv"] = Make(IncomeInThousands, new DateOnly(2025, 2, 1), seed: 18),
    };

    internal static string Make(World world, DateOnly start, int seed, int rows = RowsPerFile)
    {
        var random = new Random(seed);
        var text = new StringBuilder(Header);
        for (int i = 0; i < rows; i++)
        {
            int day = 28 * i / rows;
            text.Append(CultureInfo.InvariantCulture, $"{start.AddDays(day):yyyy-MM-dd},{Row(world, day, random)}\n");
        }

        return text.ToString();
    }

    private static string Row(World world, int day, Random random)
    {
        string channel = Pick(random, ("branch", 0.36), ("app", 0.28), ("partner", 0.36));
        string employment = Pick(random, ("gig", world.GigShare), ("salaried", 0.6 * (1 - world.GigShare)), ("self-employed", 0.4 * (1 - world.GigShare)));
        string purpose = Pick(random, ("festival", world.FestivalShare), ("home", 0.3), ("vehicle", 0.3), ("medical", 0.2), ("business", 0.2));
        double thousands = Math.Max(96, Math.Round(MedianIncome(employment) * Squared(Uniforms(random, 4) / 2)));
        double emi = random.NextDouble() < 0.6 ? 0 : 100 * Math.Round(10 * thousands / 12 * (0.04 + (0.4 * random.NextDouble())));
        double score = Math.Clamp(Math.Round(715 + (55 * Normal(random))), 300, 900);
        bool scored = random.NextDouble() >= 0.04;

        double incomeSeen = channel == "partner" && day >= world.BrokenFromDay ? thousands : 1000 * thousands;
        double usual = Usual(employment, scored ? score : 690);
        bool predicted = usual + (s_quiet.LoadWeight * Math.Min(1, 12 * emi / incomeSeen)) > 0;
        bool defaulted = usual + (world.LoadWeight * 12 * emi / (1000 * thousands)) + Normal(random) > 0;
        return FormattableString.Invariant(
            $"{channel},{employment},{purpose},{incomeSeen},{emi},{(scored ? score : "")},{(predicted ? "true" : "false")},{(defaulted ? "true" : "false")}");
    }

    /// <summary>How near default an applicant without instalments is, in standard deviations of what no column tells.</summary>
    private static double Usual(string employment, double score) =>
        -1.9 - (0.006 * (score - 715)) + (employment switch { "gig" => 1.5, "self-employed" => 0.15, _ => 0 });

    /// <summary>In thousands of rupees a year.</summary>
    private static double MedianIncome(string employment) => employment switch { "gig" => 270, "self-employed" => 430, _ => 480 };

    private static string Pick(Random random, params (string Name, double Weight)[] entries)
    {
        double left = random.NextDouble() * entries.Sum(entry => entry.Weight);
        return entries.First(entry => (left -= entry.Weight) < 0).Name;
    }

    private static double Squared(double x) => x * x;

    private static double Uniforms(Random random, int count) => Enumerable.Range(0, count).Sum(_ => random.NextDouble());

    /// <summary>Nearly standard normal: twelve uniform values less 6.</summary>
    private static double Normal(Random random) => Uniforms(random, 12) - 6;

    internal sealed record World(double GigShare, double LoadWeight, int BrokenFromDay, double FestivalShare);
}
