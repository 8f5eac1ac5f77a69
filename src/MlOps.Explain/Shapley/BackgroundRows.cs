using System.Runtime.InteropServices;
using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>The different rows of a background, how often each occurs, and which of them share a player's value.</summary>
internal sealed class BackgroundRows
{
    private readonly int[][] _classes;
    private readonly bool[] _constant;

    internal BackgroundRows(Matrix background, Players players)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var first = new List<int>();
        var counts = new List<int>();
        for (int i = 0; i < background.RowCount; i++)
        {
            string bytes = new(MemoryMarshal.Cast<double, char>(background.Row(i)));
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, bytes, out bool known);
            if (!known)
            {
                place = first.Count;
                first.Add(i);
                counts.Add(0);
            }

            counts[place]++;
        }

        Rows = background.Take([.. first]);
        Shares = [.. counts.Select(count => (double)count / background.RowCount)];
        _classes = [.. players.Features.Select(ClassesOf)];
        _constant = Array.ConvertAll(_classes, classes => Array.TrueForAll(classes, c => c == 0));
    }

    /// <summary>Gets the different rows, in the order of their first appearance.</summary>
    internal Matrix Rows { get; }

    /// <summary>Gets how often each occurs, as a share.</summary>
    internal double[] Shares { get; }

    internal int Count => Rows.RowCount;

    /// <summary>For a player, the number of the first row that has the same values, one a row.</summary>
    internal int[] Classes(int player) => _classes[player];

    /// <summary>Whether no two rows share a player's values.</summary>
    internal bool AllDiffer(int player)
    {
        int[] classes = _classes[player];
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] != i)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a row has the values of a player that all of the background has: then knowing them tells nothing.</summary>
    internal bool IsEverywhere(int[] features, int player, ReadOnlySpan<double> row) => _constant[player] && Same(features, row, Rows.Row(0));

    /// <summary>Equality of values; NaN equals itself, for it stands for a missing value.</summary>
    internal static bool Same(int[] features, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        foreach (int j in features)
        {
            if (!a[j].Equals(b[j]))
            {
                return false;
            }
        }

        return true;
    }

    private int[] ClassesOf(int[] features)
    {
        var classes = new int[Count];
        foreach (int j in features)
        {
            var seen = new Dictionary<(int Before, double Value), int>();
            for (int i = 0; i < Count; i++)
            {
                ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, (classes[i], Rows[i, j]), out bool known);
                classes[i] = place = known ? place : i;
            }
        }

        return classes;
    }
}
