using System.Globalization;
using System.Runtime.InteropServices;

namespace MlOps.Drift.Sketches;

/// <summary>Counts the levels of a categorical column: all of them while there are few, the frequent ones when there are too many.</summary>
/// <remarks>
/// Up to <see cref="Capacity"/> levels every count is exact, and any order and grouping of additions and merges gives identical counts.
/// When there are more, the counters are cut to half: c, the count of the largest that must go, is taken off every counter, and those at 0
/// go (Misra and Gries, in blocks). From then on a count is too low by at most <see cref="MaxError"/>, the sum of all c, and
/// <c>MaxError ≤ n / (Capacity/2 + 1)</c>, however the parts were merged: every level above that share is found. Not thread-safe.
/// <para>Sources: J. Misra, D. Gries, "Finding Repeated Elements", Sci. Comput. Programming 2 (1982); P. K. Agarwal et al., "Mergeable
/// Summaries", PODS 2012, section 2.</para>
/// </remarks>
public sealed class FrequentLevels
{
    /// <summary>The default capacity: more than a country has postal districts.</summary>
    public const int DefaultCapacity = 65_536;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Makes an empty tally.</summary>
    /// <param name="capacity">The levels that are counted exactly, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 2.</exception>
    public FrequentLevels(int capacity = DefaultCapacity) => Capacity = Guard.AtLeast(capacity, 2);

    /// <summary>Gets the number of levels up to which all counts are exact.</summary>
    public int Capacity { get; }

    /// <summary>Gets n, all that was counted, of any level.</summary>
    public long Count { get; private set; }

    /// <summary>Gets by how much a count may be too low; 0 while all are exact.</summary>
    public long MaxError { get; private set; }

    /// <summary>Gets a value indicating whether every level is known with its exact count.</summary>
    public bool IsExact => MaxError == 0;

    /// <summary>Gets the levels that have a counter, in ordinal order.</summary>
    public IReadOnlyList<LevelCount> Levels =>
        [.. _counts.Select(pair => new LevelCount(pair.Key, pair.Value)).OrderBy(level => level.Level, StringComparer.Ordinal)];

    /// <summary>Counts a level.</summary>
    /// <param name="level">The text; compared ordinally.</param>
    /// <param name="count">Occurrences, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="level"/> is null; leave missing values out.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public void Add(string level, long count = 1)
    {
        ArgumentNullException.ThrowIfNull(level);
        Count = checked(Count + Guard.AtLeast(count, 1));
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, level, out _) += count;
        if (_counts.Count > Capacity)
        {
            CutToHalf();
        }
    }

    /// <summary>Returns the count of a level; 0 if it has no counter.</summary>
    public long CountOf(string level) => _counts.GetValueOrDefault(level);

    /// <summary>Returns the most frequent levels, largest count first; equal counts in ordinal order.</summary>
    /// <param name="count">How many, at least 0; fewer come back if there are fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<LevelCount> Top(int count) =>
        [.. Levels.OrderByDescending(level => level.Count).Take(Guard.AtLeast(count, 0))];

    /// <summary>Adds all that another tally has counted. The other is not changed.</summary>
    /// <exception cref="ArgumentException">The capacities differ, or a tally is merged with itself.</exception>
    public void Merge(FrequentLevels other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other) || other.Capacity != Capacity)
        {
            throw new ArgumentException(
                ReferenceEquals(this, other)
                    ? "A tally cannot be merged with itself: its levels would count twice."
                    : $"Tallies need the same capacity to be merged; got {Capacity} and {other.Capacity}.",
                nameof(other));
        }

        foreach ((string level, long count) in other._counts)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, level, out _) += count;
        }

        Count = checked(Count + other.Count);
        MaxError += other.MaxError;
        if (_counts.Count > Capacity)
        {
            CutToHalf();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count:N0} values of {(IsExact ? "" : "more than ")}{(IsExact ? _counts.Count : Capacity):N0} levels{(IsExact ? "" : $", counts too low by at most {MaxError:N0}")}");

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Capacity);
        writer.Write(Count);
        writer.Write(MaxError);
        writer.Write(_counts.Count);
        foreach (LevelCount level in Levels)
        {
            SketchReader.WriteText(writer, level.Level);
            writer.Write(level.Count);
        }
    }

    internal static FrequentLevels Read(SketchReader reader)
    {
        var tally = new FrequentLevels(reader.Int("the capacity of a tally of levels", 2, int.MaxValue)) { Count = reader.Count("counted levels"), MaxError = reader.Count("the error of a tally") };
        int levels = reader.Length("the levels of a tally", sizeof(int) + sizeof(long));
        SketchReader.Require(levels <= tally.Capacity, "a tally has more levels than it has room for");
        for (int i = 0; i < levels; i++)
        {
            SketchReader.Require(tally._counts.TryAdd(reader.Text("a level"), reader.Count("a level")), "a level is there twice");
        }

        return tally;
    }

    private void CutToHalf()
    {
        long[] counts = [.. _counts.Values];
        Array.Sort(counts);
        long cut = counts[counts.Length - (Capacity / 2) - 1]; // the largest that must go
        foreach ((string level, long count) in _counts.ToArray())
        {
            if (count <= cut)
            {
                _counts.Remove(level);
            }
            else
            {
                _counts[level] = count - cut;
            }
        }

        MaxError += cut;
    }
}
