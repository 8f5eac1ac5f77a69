namespace MlOps.Fairness.Mitigation;

/// <summary>One threshold a group: the best whose rates lie in a common window as wide as the tolerance.</summary>
internal static class SingleThresholds
{
    /// <summary>Two quotients of counts that are equal on paper differ by less than this.</summary>
    private const double Rounding = 1e-12;

    internal static ThresholdRule[] Search(ThresholdProblem problem, double tolerance, int gridSize)
    {
        var best = new Choice(problem.Curves.Length);
        if (problem.Constraint == ParityConstraint.EqualizedOdds)
        {
            SearchBoth(problem, tolerance + Rounding, gridSize, best);
        }
        else
        {
            SearchOne(problem, tolerance + Rounding, best);
        }

        return [.. best.Thresholds.Select(ThresholdRule.Single)];
    }

    /// <summary>The lowest rate of the best choice is the rate of some threshold of some group: all of them are tried as lower edges, ascending.</summary>
    private static void SearchOne(ThresholdProblem problem, double width, Choice best)
    {
        double[] edges = [.. problem.Curves.SelectMany((curve, g) => Enumerable.Range(0, curve.Thresholds.Length).Select(k => problem.Rate(g, k)))];
        RadixSort.Sort(edges);
        SlidingBest[] windows = [.. problem.Curves.Select((curve, g) => new SlidingBest(problem, g, 0, curve.Thresholds.Length, trueRate: false))];
        for (int i = 0; i < edges.Length; i++)
        {
            if (i == 0 || edges[i] != edges[i - 1])
            {
                best.Offer(windows, edges[i], edges[i] + width);
            }
        }
    }

    private static void SearchBoth(ThresholdProblem problem, double width, int gridSize, Choice best)
    {
        var whole = new Choice(problem.Curves.Length);
        whole.Offer([.. problem.Curves.Select((curve, g) => new SlidingBest(problem, g, 0, curve.Thresholds.Length, trueRate: false))], 0, 1);
        if (Spread(problem, whole, problem.Rate) <= width && Spread(problem, whole, problem.TruePositiveRate) <= width)
        {
            whole.Thresholds.CopyTo(best.Thresholds, 0); // nothing had to be given up
            return;
        }

        for (int a = 0; a <= gridSize; a++)
        {
            double edge = (double)a / gridSize;
            SlidingBest[] windows = [.. problem.Curves.Select((curve, g) => new SlidingBest(problem, g, First(problem, g, edge), First(problem, g, Math.BitIncrement(edge + width)), trueRate: true))];
            for (int b = 0; b <= gridSize; b++)
            {
                best.Offer(windows, (double)b / gridSize, ((double)b / gridSize) + width);
            }
        }
    }

    /// <summary>The first threshold of a group whose rate is at least so large; the number of thresholds if there is none.</summary>
    private static int First(ThresholdProblem problem, int curve, double rate)
    {
        int low = 0;
        int high = problem.Curves[curve].Thresholds.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = problem.Rate(curve, middle) < rate ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static double Spread(ThresholdProblem problem, Choice choice, Func<int, int, double> rate)
    {
        double[] rates = [.. problem.Curves.Select((_, g) => rate(g, choice.Thresholds[g]))];
        return rates.Max() - rates.Min();
    }

    /// <summary>The best thresholds so far.</summary>
    private sealed class Choice(int groups)
    {
        private double _value = double.NegativeInfinity;

        internal int[] Thresholds { get; } = new int[groups];

        /// <summary>Moves all windows to [from, to], and takes their best if it is better than what is held. Both ends must not fall between calls.</summary>
        internal void Offer(SlidingBest[] windows, double from, double to)
        {
            double value = 0;
            bool complete = true;
            foreach (SlidingBest window in windows)
            {
                complete &= window.MoveTo(from, to);
                value += window.Value;
            }

            if (complete && value > _value)
            {
                _value = value;
                for (int g = 0; g < windows.Length; g++)
                {
                    Thresholds[g] = windows[g].Threshold;
                }
            }
        }
    }

    /// <summary>The best threshold of a group within a window over a rate that moves upwards only: every threshold enters and leaves once.</summary>
    private sealed class SlidingBest(ThresholdProblem problem, int curve, int first, int end, bool trueRate)
    {
        private readonly int[] _candidates = new int[Math.Max(end - first, 0)]; // gains fall from head to tail
        private int _head;
        private int _tail;
        private int _next = first;

        internal int Threshold => _candidates[_head];

        internal double Value => _head < _tail ? problem.Gain(curve, _candidates[_head]) : 0;

        /// <summary>Returns whether any threshold lies in the window.</summary>
        internal bool MoveTo(double from, double to)
        {
            for (; _next < end && Rate(_next) <= to; _next++)
            {
                while (_tail > _head && problem.Gain(curve, _candidates[_tail - 1]) < problem.Gain(curve, _next))
                {
                    _tail--;
                }

                _candidates[_tail++] = _next;
            }

            while (_head < _tail && Rate(_candidates[_head]) < from)
            {
                _head++;
            }

            return _head < _tail;
        }

        private double Rate(int threshold) => trueRate ? problem.TruePositiveRate(curve, threshold) : problem.Rate(curve, threshold);
    }
}
