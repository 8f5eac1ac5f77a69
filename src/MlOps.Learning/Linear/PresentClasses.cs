namespace MlOps.Learning.Linear;

/// <summary>The classes of a fit that have cases which count, numbered from 0 without gaps.</summary>
internal sealed class PresentClasses
{
    internal PresentClasses(Labels y, double[]? weights)
    {
        var has = new bool[y.Classes.Count];
        for (int i = 0; i < y.Count; i++)
        {
            has[y.Codes[i]] |= weights is null || weights[i] > 0;
        }

        Codes = [.. Enumerable.Range(0, has.Length).Where(code => has[code])];
        var number = new int[has.Length];
        for (int k = 0; k < Codes.Length; k++)
        {
            number[Codes[k]] = k;
        }

        Numbers = new int[y.Count];
        for (int i = 0; i < Numbers.Length; i++)
        {
            Numbers[i] = number[y.Codes[i]]; // 0 for a class that does not count: its weight is 0
        }
    }

    /// <summary>Gets the code of each class that is there.</summary>
    internal int[] Codes { get; }

    /// <summary>Gets the number, among those that are there, of each case's class.</summary>
    internal int[] Numbers { get; }

    internal int Count => Codes.Length;

    /// <summary>Coefficients for all classes of the labels from those of the ones that are there; a class without cases gets 0 and the intercept −∞.</summary>
    /// <param name="all">How many classes the labels have.</param>
    /// <param name="columns">Features.</param>
    /// <param name="coefficients">One row a class that is there, or one row if there are two.</param>
    /// <param name="intercepts">One for each row.</param>
    /// <param name="first">What the row of two classes is multiplied by to score the first of them: 0 or −1.</param>
    internal (double[] Coefficients, double[] Intercepts) Spread(int all, int columns, double[] coefficients, double[] intercepts, double first)
    {
        if (Count == all)
        {
            return (coefficients, intercepts);
        }

        var spread = new double[all * columns];
        double[] offsets = [.. Enumerable.Repeat(double.NegativeInfinity, all)];
        for (int k = 0; k < Count; k++)
        {
            double factor = intercepts.Length == 1 && k == 0 ? first : 1;
            int row = intercepts.Length == 1 ? 0 : k;
            offsets[Codes[k]] = factor * intercepts[row];
            for (int j = 0; j < columns; j++)
            {
                spread[(Codes[k] * columns) + j] = factor * coefficients[(row * columns) + j];
            }
        }

        return (spread, offsets);
    }
}
