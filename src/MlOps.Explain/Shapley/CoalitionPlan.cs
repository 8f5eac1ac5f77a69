namespace MlOps.Explain.Shapley;

/// <summary>Which coalitions Kernel SHAP asks for, and what each weighs.</summary>
/// <remarks>
/// A coalition of s of M players weighs <c>(M − 1) / (C(M, s) s (M − s))</c>. Sizes s and M − s go together, smallest first: as long as the samples
/// suffice, all coalitions of a pair of sizes are taken. What remains is drawn by weight of the sizes, each draw together with its complement; a repeat adds weight,
/// and the drawn weights are scaled to the weight of the sizes that are left. It depends on M, the number of samples and the seed alone.
/// </remarks>
internal sealed class CoalitionPlan
{
    /// <summary>Draws per missing sample before the search for new coalitions ends.</summary>
    private const int MostDraws = 4;

    /// <summary>Up to here 2ᴹ − 2 is a number of samples that someone may ask for.</summary>
    private const int CountablePlayers = 30;

    private readonly List<double> _weights = [];
    private readonly List<int> _partners = [];

    private CoalitionPlan(int players) => Coalitions = new Coalitions(players);

    internal Coalitions Coalitions { get; }

    /// <summary>Gets the weight of each coalition; together 1.</summary>
    internal double[] Weights { get; private set; } = [];

    /// <summary>Gets how many coalitions stand at the beginning because all of their size are taken.</summary>
    internal int Enumerated { get; private set; }

    /// <summary>Gets, for a drawn coalition, the place of its complement, or −1; enumerated ones have −1.</summary>
    internal IReadOnlyList<int> Partners => _partners;

    /// <summary>Gets how often each drawn coalition was drawn, alone or as a complement; of enumerated ones 0.</summary>
    internal double[] Draws { get; private set; } = [];

    /// <summary>How many coalitions a plan has at most.</summary>
    internal static long Size(int players, int? samples)
    {
        long asked = samples ?? (2L * players) + 2048;
        return players <= CountablePlayers ? Math.Min(asked, (1L << players) - 2) : asked;
    }

    internal static CoalitionPlan Make(int players, int? samples, int seed)
    {
        var plan = new CoalitionPlan(players);
        int left = (int)Size(players, samples);
        double[] sizeWeights = SizeWeights(players);
        int wholeSizes = plan.Enumerate(sizeWeights, ref left);
        plan.Enumerated = plan._weights.Count;
        plan.Draws = [];
        if (wholeSizes < sizeWeights.Length)
        {
            plan.Sample(sizeWeights, wholeSizes, left, new Random(seed));
        }

        plan.Weights = [.. plan._weights];
        return plan;
    }

    /// <summary>Whether size s has a different partner M − s.</summary>
    private static bool IsPaired(int players, int size) => 2 * size != players;

    /// <summary>The share of the weight of each pair of sizes, s = 1, 2, … ⌊M / 2⌋.</summary>
    private static double[] SizeWeights(int players)
    {
        var weights = new double[players / 2];
        for (int size = 1; size <= weights.Length; size++)
        {
            weights[size - 1] = (IsPaired(players, size) ? 2.0 : 1.0) * (players - 1) / ((double)size * (players - size));
        }

        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static double Choices(int players, int size)
    {
        double choices = 1;
        for (int i = 1; i <= size; i++)
        {
            choices = Math.Round(choices * (players - size + i) / i);
        }

        return choices;
    }

    private int Enumerate(double[] sizeWeights, ref int left)
    {
        const double Rounding = 1e-8;
        int players = Coalitions.Players;
        double rest = 1;
        for (int size = 1; size <= sizeWeights.Length; size++)
        {
            bool paired = IsPaired(players, size);
            double choices = Choices(players, size);
            double count = paired ? 2 * choices : choices;
            if (left * (sizeWeights[size - 1] / rest) / count < 1 - Rounding)
            {
                return size - 1;
            }

            left -= (int)count;
            rest -= sizeWeights[size - 1];
            double weight = sizeWeights[size - 1] / count;
            int[] members = [.. Enumerable.Range(0, size)];
            do
            {
                ulong[] coalition = Coalitions.Of(members);
                Add(coalition, weight);
                if (paired)
                {
                    Add(Coalitions.Others(coalition), weight);
                }
            }
            while (Next(members, players));
        }

        return sizeWeights.Length;
    }

    /// <summary>The next choice in lexicographic order; false after the last.</summary>
    private static bool Next(int[] members, int players)
    {
        int i = members.Length - 1;
        while (i >= 0 && members[i] == players - members.Length + i)
        {
            i--;
        }

        if (i < 0)
        {
            return false;
        }

        members[i]++;
        for (int next = i + 1; next < members.Length; next++)
        {
            members[next] = members[next - 1] + 1;
        }

        return true;
    }

    private void Sample(double[] sizeWeights, int wholeSizes, int left, Random random)
    {
        int players = Coalitions.Players;
        double[] shares = [.. sizeWeights.Select((weight, i) => i < wholeSizes ? 0 : IsPaired(players, i + 1) ? weight / 2 : weight)]; // a draw of a pair brings its complement
        double total = shares.Sum();
        var places = new Dictionary<ulong[], int>(new SameCoalition());
        int[] order = [.. Enumerable.Range(0, players)];
        for (long draw = (long)MostDraws * left; left > 0 && draw > 0; draw--)
        {
            int size = 1 + Draw(shares, total * random.NextDouble());
            for (int i = 0; i < size; i++)
            {
                int other = random.Next(i, players);
                (order[i], order[other]) = (order[other], order[i]);
            }

            ulong[] coalition = Coalitions.Of(order.AsSpan(0, size));
            int place = Count(coalition, places, ref left);
            if (IsPaired(players, size) && (left > 0 || _partners[place] >= 0))
            {
                int partner = Count(Coalitions.Others(coalition), places, ref left);
                (_partners[place], _partners[partner]) = (partner, place);
            }
        }

        Draws = [.. _weights.Select((weight, k) => k < Enumerated ? 0 : weight)];
        double drawn = Draws.Sum();
        double remaining = sizeWeights.Skip(wholeSizes).Sum();
        for (int k = Enumerated; k < _weights.Count; k++)
        {
            _weights[k] *= remaining / drawn;
        }
    }

    private static int Draw(double[] shares, double at)
    {
        int i = 0;
        while (i < shares.Length - 1 && (at -= shares[i]) >= 0)
        {
            i++;
        }

        return i;
    }

    private int Count(ulong[] coalition, Dictionary<ulong[], int> places, ref int left)
    {
        if (places.TryGetValue(coalition, out int place))
        {
            _weights[place]++;
            return place;
        }

        left--;
        places.Add(coalition, Coalitions.Count);
        Add(coalition, 1);
        return Coalitions.Count - 1;
    }

    private void Add(ulong[] coalition, double weight)
    {
        Coalitions.Add(coalition);
        _weights.Add(weight);
        _partners.Add(-1);
    }

    private sealed class SameCoalition : IEqualityComparer<ulong[]>
    {
        public bool Equals(ulong[]? x, ulong[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(ulong[] obj)
        {
            ulong hash = 0;
            foreach (ulong word in obj)
            {
                hash = (hash ^ word) * 0x9E3779B97F4A7C15UL;
                hash ^= hash >> 29;
            }

            return (int)(hash ^ (hash >> 32));
        }
    }
}
