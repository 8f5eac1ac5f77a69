namespace MlOps.Quantization.Benchmarking;

/// <summary>Times several things in turn, so that a machine that gets slower or faster meanwhile treats them alike.</summary>
/// <remarks>
/// Rounds come in pairs. In the first of a pair every subject runs once, in a random order; in the second in the reverse of it: A B C, C B A. Each subject then has the same mean
/// place in a pair, so that a drift that is a straight line within the pair adds the same to all.
/// </remarks>
/// <param name="clock">What measures.</param>
/// <param name="processorTime">Processor time of this process so far, all threads.</param>
internal sealed class InterleavedTimer(TimeProvider clock, Func<TimeSpan> processorTime)
{
    /// <summary>Runs every subject <paramref name="warmUp"/> times untimed, then <paramref name="runs"/> times timed.</summary>
    /// <returns>For each subject the times in milliseconds, in the order of the rounds, and the processor's milliseconds of all runs.</returns>
    internal (double[] Milliseconds, double Processor)[] Time(IReadOnlyList<Action> subjects, int warmUp, int runs, int seed, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, subjects.Count)];
        double[][] times = [.. subjects.Select(_ => new double[runs])];
        double[] processor = new double[subjects.Count];
        for (int round = -warmUp; round < runs; round++)
        {
            if (((round + warmUp) & 1) == 0)
            {
                random.Shuffle(order);
            }
            else
            {
                Array.Reverse(order);
            }

            foreach (int subject in order)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Action run = subjects[subject];
                TimeSpan before = processorTime();
                long start = clock.GetTimestamp();
                run();
                double elapsed = clock.GetElapsedTime(start).TotalMilliseconds;
                if (round >= 0)
                {
                    times[subject][round] = elapsed;
                    processor[subject] += (processorTime() - before).TotalMilliseconds;
                }
            }

            progress?.Report((double)(round + warmUp + 1) / (warmUp + runs));
        }

        return [.. times.Zip(processor)];
    }
}
