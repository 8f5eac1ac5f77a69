using System.Numerics;
using System.Runtime.InteropServices;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Numbers lie between two limits.</summary>
/// <remarks>An infinite value fails whatever the limits.</remarks>
public sealed record ValueRange : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The least value that passes, in the unit of the column; null for no limit.</param>
    /// <param name="max">The largest value that passes; null for no limit.</param>
    /// <param name="strict">Whether the limits themselves fail.</param>
    /// <exception cref="ArgumentException">The name is blank, no limit is given, or no value can lie between them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is NaN or infinite.</exception>
    public ValueRange(string column, double? min = null, double? max = null, bool strict = false)
        : base(Names.Column(column))
    {
        Bands.Check(min, max, strict);
        (Min, Max, Strict) = (min, max, strict);
    }

    /// <summary>Gets the lower limit; null for none.</summary>
    public double? Min { get; }

    /// <summary>Gets the upper limit; null for none.</summary>
    public double? Max { get; }

    /// <summary>Gets a value indicating whether the limits themselves fail.</summary>
    public bool Strict { get; }

    /// <inheritdoc/>
    public override string Kind => "range";

    /// <inheritdoc/>
    public override string Expected => Wording.Between(Min, Max, Strict);

    internal override string Problem => $"outside {Expected}";

    internal override string Needs => "numbers";

    internal override bool Fits(Column column) => IsNumeric(column);

    internal override void Write(FieldWriter fields)
    {
        fields.Number("min", Min);
        fields.Number("max", Max);
        fields.Flag("strict", Strict);
    }

    internal override ExpectationTest Begin(CheckContext context)
    {
        double low = Min is { } min ? Strict ? Math.BitIncrement(min) : min : double.MinValue;
        double high = Max is { } max ? Strict ? Math.BitDecrement(max) : max : double.MaxValue;
        return new RowTest(this, (part, failing) =>
        {
            MarkOutside(part.Numbers(Column!), low, high, failing);
            Column values = part[Column!];
            return values.Count - values.MissingCount;
        });
    }

    /// <summary>Marks what is below <paramref name="low"/> or above <paramref name="high"/>; NaN is a missing value and passes.</summary>
    internal static void MarkOutside(ReadOnlySpan<double> values, double low, double high, RowMask failing)
    {
        const int Block = 4096; // most blocks of most data are in order, and that is told at the speed of memory
        for (int start = 0; start < values.Length; start += Block)
        {
            ReadOnlySpan<double> block = values.Slice(start, Math.Min(Block, values.Length - start));
            if (AllWithin(block, low, high))
            {
                continue;
            }

            for (int word = 0; word < block.Length; word += 64)
            {
                ulong bits = 0;
                for (int i = word; i < Math.Min(word + 64, block.Length); i++)
                {
                    bits |= (block[i] < low | block[i] > high ? 1UL : 0) << (i - word);
                }

                failing.Mark((start + word) / 64, bits);
            }
        }
    }

    /// <summary>Whether nothing is below or above; comparisons with NaN are false.</summary>
    private static bool AllWithin(ReadOnlySpan<double> values, double low, double high)
    {
        var lows = new Vector<double>(low);
        var highs = new Vector<double>(high);
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        Vector<long> outside = Vector<long>.Zero;
        foreach (Vector<double> vector in vectors)
        {
            outside |= Vector.LessThan(vector, lows) | Vector.GreaterThan(vector, highs);
        }

        bool within = outside == Vector<long>.Zero;
        foreach (double value in values[(vectors.Length * Vector<double>.Count)..])
        {
            within &= !(value < low) && !(value > high);
        }

        return within;
    }
}

/// <summary>Checks of limits.</summary>
internal static class Bands
{
    internal static void Check(double? min, double? max, bool strict = false)
    {
        if (min is { } low)
        {
            Guard.Finite(low, nameof(min));
        }

        if (max is { } high)
        {
            Guard.Finite(high, nameof(max));
        }

        if (min is null && max is null)
        {
            throw new ArgumentException("A limit is needed: min, max or both.", nameof(min));
        }

        if (min > max || (strict && min == max))
        {
            throw new ArgumentException($"No value lies between min {Wording.Number(min!.Value)} and max {Wording.Number(max!.Value)}.", nameof(min));
        }
    }

    internal static bool Holds(double value, double? min, double? max) => !double.IsNaN(value) && !(value < min) && !(value > max);
}
