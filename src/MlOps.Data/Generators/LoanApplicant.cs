namespace MlOps.Data.Generators;

/// <summary>Draws one application. Every row takes the same number of random values, so switching an effect off leaves the other rows alone.</summary>
internal static class LoanApplicant
{
    private static readonly string[] Tiers = ["tier-1", "tier-2", "tier-3"];
    private static readonly double[] TiersBefore = [0.50, 0.32, 0.18];
    private static readonly double[] TiersAfter = [0.26, 0.40, 0.34];
    private static readonly double[] TierIncome = [1.22, 1.0, 0.82];

    private static readonly string[] Employments = ["salaried", "self-employed", "government", "gig"];
    private static readonly double[] EmploymentsBefore = [0.50, 0.28, 0.12, 0.10];
    private static readonly double[] EmploymentsAfter = [0.36, 0.28, 0.07, 0.29];
    private static readonly double[] EmploymentIncome = [1.08, 1.0, 1.12, 0.62];

    private static readonly string[] Purposes = ["home-improvement", "education", "medical", "vehicle", "business", "wedding", "festival"];
    private static readonly double[] PurposesUsually = [0.22, 0.16, 0.15, 0.19, 0.16, 0.09, 0.03];
    private static readonly double[] PurposesInSeason = [0.19, 0.09, 0.11, 0.20, 0.12, 0.07, 0.22];
    private static readonly double[] PurposeShareOfIncome = [0.42, 0.50, 0.25, 0.55, 0.60, 0.45, 0.16];
    private static readonly int[] Tenures = [6, 12, 18, 24, 36, 48, 60];

    private static readonly string[] Genders = ["female", "male", "other"];
    private static readonly double[] GenderShares = [0.42, 0.57, 0.01];
    private static readonly double[] GenderIncome = [0.90, 1.0, 0.92];

    private static readonly string[] Clusters = ["A", "B", "C", "D", "E", "F", "G", "H"];
    private static readonly double[] ClustersOfP = [0.20, 0.18, 0.16, 0.15, 0.14, 0.07, 0.06, 0.04];
    private static readonly double[] ClustersOfQ = [0.04, 0.05, 0.05, 0.06, 0.08, 0.22, 0.24, 0.26];

    internal static LoanApplication Draw(DateTime day, Random random, LoanApplicationsOptions options)
    {
        const double ShareOfQ = 0.3;
        double drift = options.CovariateDrift ? LoanCalendar.DriftOn(day) : 0;
        bool season = options.FestivalBump && LoanCalendar.IsFestivalSeason(day);

        int tier = Pick(Between(TiersBefore, TiersAfter, drift), random);
        int employment = Pick(Between(EmploymentsBefore, EmploymentsAfter, drift), random);
        bool isQ = random.NextDouble() < ShareOfQ;
        int cluster = Pick(isQ ? ClustersOfQ : ClustersOfP, random);
        int gender = Pick(GenderShares, random);
        int age = Age(employment == 3, random);
        int purpose = Pick(season ? PurposesInSeason : PurposesUsually, random);
        long income = Income(TierIncome[tier] * EmploymentIncome[employment] * GenderIncome[gender] * (isQ ? 0.88 : 1), age, random);
        long amount = Amount(income, PurposeShareOfIncome[purpose] * (season ? 1.35 : 1), random);
        int tenure = Tenures[Math.Min(Tenures.Length - 1, (int)(random.NextDouble() * 4) + (int)(4 * Math.Min(1, (double)amount / income)))];
        long emi = ExistingEmi(income, random);
        long? score = CreditScore(age, emi * 12.0 / income, thinFile: 0.05 + (employment == 3 ? 0.13 : 0) + (tier == 2 ? 0.04 : 0), random);

        var application = new LoanApplication
        {
            Day = day,
            Age = age,
            Gender = Genders[gender],
            CityTier = Tiers[tier],
            Community = isQ ? "Q" : "P",
            PinCluster = Clusters[cluster],
            Employment = Employments[employment],
            Purpose = Purposes[purpose],
            Income = income,
            Amount = amount,
            TenureMonths = tenure,
            ExistingEmi = emi,
            CreditScore = score,
        };
        bool shifted = options.ConceptShift && LoanCalendar.IsAfterConceptShift(day);
        return application with
        {
            Approved = LenderRule.Approves(application),
            Defaults = random.NextDouble() < RepaymentRisk.Of(application, shifted),
        };
    }

    private static double[] Between(double[] before, double[] after, double weight)
    {
        double[] mixed = new double[before.Length];
        for (int i = 0; i < mixed.Length; i++)
        {
            mixed[i] = (before[i] * (1 - weight)) + (after[i] * weight);
        }

        return mixed;
    }

    private static int Pick(double[] shares, Random random)
    {
        double left = random.NextDouble();
        int i = 0;
        while (i < shares.Length - 1 && left >= shares[i])
        {
            left -= shares[i++];
        }

        return i;
    }

    private static int Age(bool gig, Random random)
    {
        double span = random.NextDouble() * random.NextDouble(); // more young applicants than old ones
        return 21 + (int)(span * (gig ? 32 : 44));
    }

    /// <summary>Rupees a year to the nearest thousand: a median that depends on who applies, times a log-normal spread.</summary>
    private static long Income(double factor, int age, Random random)
    {
        const double Median = 540_000;
        const double Spread = 0.42; // standard deviation of ln income
        const long Least = 96_000;
        double experience = 0.85 + (0.01 * Math.Min(age - 21, 25));
        double income = Median * factor * experience * PortableMath.Exp(Spread * PortableMath.Normal(random));
        return Math.Max(Least, (long)Math.Round(income / 1000) * 1000);
    }

    /// <summary>Rupees to the nearest five thousand.</summary>
    private static long Amount(long income, double shareOfIncome, Random random)
    {
        const long Least = 10_000;
        double amount = income * shareOfIncome * (0.4 + (1.2 * random.NextDouble()));
        return Math.Max(Least, (long)Math.Round(amount / 5000) * 5000);
    }

    /// <summary>Rupees a month to the nearest hundred; four in ten applicants have no other loan.</summary>
    private static long ExistingEmi(long income, Random random)
    {
        bool none = random.NextDouble() < 0.4;
        double share = 0.03 + (0.32 * random.NextDouble());
        return none ? 0 : (long)Math.Round(income / 12.0 * share / 100) * 100;
    }

    private static long? CreditScore(int age, double existingLoad, double thinFile, Random random)
    {
        double score = 715 + (0.8 * Math.Min(age - 21, 25)) - (150 * existingLoad) + (55 * PortableMath.Normal(random));
        bool missing = random.NextDouble() < thinFile;
        return missing ? null : (long)Math.Clamp(Math.Round(score), 300, 900);
    }
}
