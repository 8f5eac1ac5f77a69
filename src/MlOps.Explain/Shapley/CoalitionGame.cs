namespace MlOps.Explain.Shapley;

/// <summary>A game in which any group of players may cooperate, and how to share out fairly what all of them earn together.</summary>
public static class CoalitionGame
{
    /// <summary>The most players that are counted through.</summary>
    public const int MaxPlayers = 20;

    /// <summary>Shapley's values: what each player adds on average when the players come one by one, over all orders of coming.</summary>
    /// <remarks>
    /// <c>φᵢ = Σ |S|! (M − |S| − 1)! / M! · (v(S ∪ {i}) − v(S))</c> over all coalitions S without i. They add up to <c>v(all) − v(none)</c>; players that
    /// add the same everywhere get the same; one that never adds anything gets 0; the values of a sum of games are the sums of the values. No other way of sharing has all four
    /// properties. Asks for 2ᴹ values.
    /// <para>Source: L. S. Shapley, "A Value for n-Person Games", Contributions to the Theory of Games II (1953) 307–317.</para>
    /// </remarks>
    /// <param name="players">M, 1 to 20.</param>
    /// <param name="value">v: what a coalition earns. Bit i of its argument, counted from the lowest, tells whether player i takes part; 0 is nobody. Asked once a coalition.</param>
    /// <returns>M values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 or more than 20 players.</exception>
    /// <exception cref="InvalidOperationException">A coalition earns NaN or an infinite amount.</exception>
    public static double[] ShapleyValues(int players, Func<int, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(players, MaxPlayers);
        var values = new double[1 << players];
        for (int mask = 0; mask < values.Length; mask++)
        {
            values[mask] = value(mask);
            if (!double.IsFinite(values[mask]))
            {
                throw new InvalidOperationException(FormattableString.Invariant($"Coalition {mask} (players {Members(mask)}) earns {values[mask]}; a share of that means nothing."));
            }
        }

        return ShapleyValues(values, players);
    }

    /// <summary>The same from all 2ᴹ values of v.</summary>
    internal static double[] ShapleyValues(ReadOnlySpan<double> values, int players)
    {
        var weights = new double[players]; // |S|! (M − |S| − 1)! / M! = 1 / (M · C(M − 1, |S|))
        double choices = 1;
        for (int size = 0; size < players; size++)
        {
            weights[size] = 1 / (players * choices);
            choices = choices * (players - 1 - size) / (size + 1);
        }

        var shares = new double[players];
        for (int i = 0; i < players; i++)
        {
            int bit = 1 << i;
            double share = 0;
            for (int high = 0; high < values.Length; high += 2 * bit)
            {
                for (int mask = high; mask < high + bit; mask++)
                {
                    share += weights[int.PopCount(mask)] * (values[mask | bit] - values[mask]);
                }
            }

            shares[i] = share;
        }

        return shares;
    }

    private static string Members(int mask) => mask == 0 ? "none" : string.Join(", ", Enumerable.Range(0, MaxPlayers).Where(i => (mask >> i & 1) != 0));
}
