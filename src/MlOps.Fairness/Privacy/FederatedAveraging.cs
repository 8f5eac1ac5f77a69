namespace MlOps.Fairness.Privacy;

/// <summary>Federated averaging, simulated: clients train at home, only parameters travel.</summary>
/// <remarks>
/// In each round a share of the clients is drawn; each begins with the shared parameters w and returns wₖ. <c>w ← w + Σₖ (nₖ / n) · (wₖ − w)</c>, n the rows of those who returned.
/// A client that throws or returns NaN is left out of the round and named. Clients run in parallel, but the sum is taken in their order: equal seeds give equal bytes.
/// <para>Parameters can give away the rows they were trained on: without clipping and noise this keeps data at home, not private.</para>
/// <para>Source: H. B. McMahan et al., "Communication-Efficient Learning of Deep Networks from Decentralized Data", AISTATS 2017, algorithm 1; clipping and noise: H. B. McMahan et al., "Learning
/// Differentially Private Recurrent Language Models", ICLR 2018.</para>
/// </remarks>
public static class FederatedAveraging
{
    /// <summary>Runs the rounds.</summary>
    /// <param name="parameters">The first shared parameters, finite.</param>
    /// <param name="clients">At least one, no two of one name.</param>
    /// <param name="options">How; the defaults when null.</param>
    /// <param name="evaluate">Gives the shared parameters a score after each round; null for none.</param>
    /// <param name="progress">Told the share of rounds that is done.</param>
    /// <param name="cancellationToken">Stops between clients.</param>
    /// <exception cref="ArgumentException">There is no client, two have one name or one has no rows, a parameter is not finite, or noise is asked for without a clip.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="InvalidOperationException">In some round no client returned anything usable; the message names the reasons.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FederatedResult Run(ReadOnlySpan<double> parameters, IReadOnlyList<FederatedClient> clients, FederatedOptions? options = null, Func<IReadOnlyList<double>, double>? evaluate = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new FederatedOptions();
        Check(parameters, clients, options);
        double[] shared = parameters.ToArray();
        var rounds = new List<FederatedRound>();
        var draw = new Random(options.Seed);
        for (int round = 1; round <= options.Rounds; round++)
        {
            FederatedClient[] chosen = Draw(clients, options.ClientShare, draw);
            int[] seeds = Array.ConvertAll(chosen, _ => draw.Next());
            (double[]? Own, string? Reason)[] returned = Train(chosen, shared, seeds, cancellationToken);
            (string, string)[] failed = [.. chosen.Zip(returned).Where(pair => pair.Second.Own is null).Select(pair => (pair.First.Name, pair.Second.Reason!))];
            if (failed.Length == chosen.Length)
            {
                throw new InvalidOperationException($"In round {round} no client returned parameters: {string.Join("; ", failed.Select(pair => $"{pair.Item1}: {pair.Item2}"))}.");
            }

            double[] step = Step(shared, chosen, returned, options, draw);
            for (int i = 0; i < shared.Length; i++)
            {
                shared[i] += step[i];
            }

            rounds.Add(new FederatedRound(round, [.. chosen.Select(client => client.Name)], failed, Norm(step), evaluate?.Invoke([.. shared])));
            progress?.Report((double)round / options.Rounds);
        }

        return new FederatedResult(shared, rounds);
    }

    private static void Check(ReadOnlySpan<double> parameters, IReadOnlyList<FederatedClient> clients, FederatedOptions options)
    {
        ArgumentNullException.ThrowIfNull(clients);
        foreach (double parameter in parameters)
        {
            Guard.Finite(parameter, nameof(parameters));
        }

        if (clients.Count == 0 || clients.Select(client => client.Name).Distinct(StringComparer.Ordinal).Count() < clients.Count || clients.Any(client => client.RowCount < 1))
        {
            throw new ArgumentException($"Clients need different names and at least one row each; got {string.Join(", ", clients.Select(client => $"{client.Name} ({client.RowCount} rows)"))}.", nameof(clients));
        }

        Guard.AtLeast(options.Rounds, 1);
        Guard.Positive(Guard.Share(options.ClientShare));
        Guard.NonNegative(options.NoiseMultiplier);
        if (options.ClipNorm is { } clip)
        {
            Guard.Positive(clip);
        }
        else if (options.NoiseMultiplier > 0)
        {
            throw new ArgumentException("Noise needs a ClipNorm: without it one client's step may be of any length, and no noise hides it.", nameof(options));
        }
    }

    private static FederatedClient[] Draw(IReadOnlyList<FederatedClient> clients, double share, Random random)
    {
        int count = Math.Max(1, (int)Math.Round(share * clients.Count));
        int[] order = [.. Enumerable.Range(0, clients.Count)];
        if (count < order.Length)
        {
            random.Shuffle(order);
        }

        return [.. order.Take(count).Order().Select(i => clients[i])];
    }

    private static (double[]? Own, string? Reason)[] Train(FederatedClient[] chosen, double[] shared, int[] seeds, CancellationToken cancellationToken)
    {
        var returned = new (double[]? Own, string? Reason)[chosen.Length];
        Parallel.For(0, chosen.Length, new ParallelOptions { CancellationToken = cancellationToken }, k =>
        {
            try
            {
                double[] own = chosen[k].Train([.. shared], new Random(seeds[k]));
                returned[k] = own.Length != shared.Length ? (null, $"it returned {own.Length} parameters, not {shared.Length}")
                    : !Array.TrueForAll(own, double.IsFinite) ? (null, "a parameter is not finite")
                    : (own, null);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                returned[k] = (null, e.Message); // a telephone that breaks down does not stop the others
            }
        });
        return returned;
    }

    private static double[] Step(double[] shared, FederatedClient[] chosen, (double[]? Own, string? Reason)[] returned, FederatedOptions options, Random random)
    {
        var step = new double[shared.Length];
        bool alike = options.NoiseMultiplier > 0;
        double total = chosen.Zip(returned).Where(pair => pair.Second.Own is not null).Sum(pair => alike ? 1.0 : pair.First.RowCount);
        for (int k = 0; k < chosen.Length; k++)
        {
            if (returned[k].Own is not { } own)
            {
                continue;
            }

            double[] change = [.. own.Zip(shared, (mine, old) => mine - old)];
            double length = Norm(change);
            double shortened = options.ClipNorm is { } clip && length > clip ? clip / length : 1;
            double weight = (alike ? 1 : chosen[k].RowCount) / total * shortened;
            for (int i = 0; i < step.Length; i++)
            {
                step[i] += weight * change[i];
            }
        }

        for (int i = 0; alike && i < step.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            step[i] += options.NoiseMultiplier * options.ClipNorm!.Value / total * radius * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        return step;
    }

    private static double Norm(double[] step) => Math.Sqrt(step.Sum(value => value * value));
}
