// MUTANT caught by: Speedup_OneSlowAnswer_DoesNotDecide
// It divides means, so one slow answer decides.
// 11.5 · Was it worth it? · 4 points
//
// A network was converted, and both models answered the same pictures in turn: original, converted,
// original, converted, and so on. You get the milliseconds of every answer. Write three methods. Each
// leaves out the first `warmUp` times of each list.
//
// - `Summary(times, warmUp)`: the mean, the median and the 95th percentile, in this order. The p-th
//   percentile of n sorted times stands at place p / 100 · (n − 1), counted from 0; between two places
//   it goes in a straight line. The median is the 50th.
// - `Speedup(original, converted, warmUp)`: the median of the original divided by the median of the
//   converted model. 2 means twice as fast.
// - `ShareWon(original, converted, warmUp)`: the share of pairs, times with the same index, in which the
//   converted model was faster. A tie counts as half a win.
//
// Throw an ArgumentException if warmUp is negative, no time is left, a time is negative, NaN or
// infinite, or, where there are two lists, they differ in length.
//
// Worked value: Summary([9, 1, 2, 3, 4], 1) is 2.5, 2.5 and 3.85.
//
// Check:  ./mlops check 11.5      Hint:  ./mlops check 11.5 --hint

namespace Week11;

/// <summary>Compares how long two models take.</summary>
public static class Latency
{
    // BEGIN YOUR CODE
    /// <summary>Returns the mean, the median and the 95th percentile.</summary>
    public static double[] Summary(double[] times, int warmUp)
    {
        double[] sorted = Measured(times, warmUp).Order().ToArray();
        return [sorted.Average(), Percentile(sorted, 50), Percentile(sorted, 95)];
    }

    /// <summary>Returns the median of the original divided by that of the converted model.</summary>
    public static double Speedup(double[] original, double[] converted, int warmUp)
    {
        Pair(original, converted);
        return Summary(original, warmUp)[0] / Summary(converted, warmUp)[0];
    }

    /// <summary>Returns the share of pairs in which the converted model was faster.</summary>
    public static double ShareWon(double[] original, double[] converted, int warmUp)
    {
        Pair(original, converted);
        double[] before = Measured(original, warmUp);
        double[] after = Measured(converted, warmUp);
        return before.Zip(after, (a, b) => b < a ? 1 : b == a ? 0.5 : 0).Average();
    }

    private static void Pair(double[] original, double[] converted)
    {
        if (original.Length != converted.Length)
        {
            throw new ArgumentException($"Each pair needs two times: {original.Length} and {converted.Length} were given.");
        }
    }

    private static double[] Measured(double[] times, int warmUp)
    {
        if (warmUp < 0 || warmUp >= times.Length || times.Any(time => !(time >= 0) || double.IsInfinity(time)))
        {
            throw new ArgumentException("Times are finite and not negative, and one must be left after the warm-up.");
        }

        return times.Skip(warmUp).ToArray();
    }

    private static double Percentile(double[] sorted, double p)
    {
        double place = p / 100 * (sorted.Length - 1);
        int below = (int)place;
        return below == sorted.Length - 1 ? sorted[below] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
    // END YOUR CODE
}
