using System.Runtime.ExceptionServices;
using MlOps.Data;

namespace MlOps.Learning.Preprocessing;

/// <summary>One column, or some rows of it, on its way through a pipeline. Nobody writes to it once it is made.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="count">How many rows it has.</param>
/// <param name="firstRow">Which row of the table the first is, for messages.</param>
internal abstract class Feature(string name, int count, int firstRow)
{
    /// <summary>From this many rows on, columns are shared out among threads. <see cref="FittedPipeline"/> shares out blocks of fewer rows instead.</summary>
    internal const int ManyRows = 1 << 14;

    internal string Name { get; } = name;

    internal int Count { get; } = count;

    internal int FirstRow { get; } = firstRow;

    /// <summary>The names of the matrix columns it becomes.</summary>
    internal virtual IReadOnlyList<string> OutputNames => [Name];

    /// <summary>Computes something for each column, on as many threads as there are; the first column that fails tells.</summary>
    internal static T[] Each<T>(IReadOnlyList<Feature> features, Func<Feature, int, T> compute)
    {
        var made = new T[features.Count];
        if (made.Length < 2 || features[0].Count < ManyRows)
        {
            for (int j = 0; j < made.Length; j++)
            {
                made[j] = compute(features[j], j);
            }

            return made;
        }

        Share(made.Length, j => made[j] = compute(features[j], j));
        return made;
    }

    /// <summary>Runs parts of the work on as many threads as there are; the first part that fails tells, whichever failed first.</summary>
    internal static void Share(int parts, Action<int> run)
    {
        var failures = new ArgumentException?[parts];
        Parallel.For(0, parts, part =>
        {
            try
            {
                run(part);
            }
            catch (ArgumentException failure)
            {
                failures[part] = failure;
            }
        });
        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}

/// <summary>Numbers; NaN where a value is missing.</summary>
internal sealed class NumberFeature(string name, double[] values, int firstRow) : Feature(name, values.Length, firstRow)
{
    internal double[] Values { get; } = values;

    /// <summary>The values that are there.</summary>
    internal double[] Present()
    {
        double[] present = GC.AllocateUninitializedArray<double>(Values.Length);
        int count = 0;
        foreach (double value in Values)
        {
            present[count] = value;
            count += double.IsNaN(value) ? 0 : 1;
        }

        return count == present.Length ? present : present[..count];
    }

    /// <summary>All columns as numbers, columns of indicators one by one.</summary>
    /// <exception cref="ArgumentException">A column is text.</exception>
    internal static NumberFeature[] All(Feature[] features, string step)
    {
        var numbers = new List<NumberFeature>(features.Length);
        foreach (Feature feature in features)
        {
            switch (feature)
            {
                case NumberFeature number:
                    numbers.Add(number);
                    break;
                case IndicatorFeature indicator:
                    numbers.AddRange(indicator.Expand());
                    break;
                default:
                    throw new ArgumentException($"{step} needs numbers; column '{feature.Name}' is text. Put {nameof(OneHot)} or {nameof(Ordinal)} before it.", nameof(features));
            }
        }

        return [.. numbers];
    }
}

/// <summary>Text as the table codes it. Steps work on the dictionary, so their cost is that of the levels, not of the rows.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="codes">A code a row, −1 for a missing value.</param>
/// <param name="dictionary">The text of each code + 1; at 0 that of a missing value. Null: missing.</param>
/// <param name="firstRow">Which row of the table the first is.</param>
internal sealed class TextFeature(string name, int[] codes, string?[] dictionary, int firstRow) : Feature(name, codes.Length, firstRow)
{
    internal int[] Codes { get; } = codes;

    internal string?[] Dictionary { get; } = dictionary;

    /// <summary>Rows of a column as it was read; an empty text counts as missing, as it does in an ONNX file.</summary>
    internal static TextFeature Of(StringColumn column, Range rows)
    {
        (int first, int count) = rows.GetOffsetAndLength(column.Count);
        ReadOnlySpan<string> levels = column.Levels;
        var dictionary = new string?[levels.Length + 1];
        for (int i = 0; i < levels.Length; i++)
        {
            dictionary[i + 1] = levels[i].Length == 0 ? null : levels[i];
        }

        return new TextFeature(column.Name, [.. column.Codes.Slice(first, count)], dictionary, first);
    }

    /// <summary>How often each text occurs; texts that do not occur are left out. Ordinal order.</summary>
    internal SortedDictionary<string, int> Occurring(out int missing)
    {
        var counts = new int[Dictionary.Length];
        foreach (int code in Codes)
        {
            counts[code + 1]++;
        }

        missing = 0;
        var texts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0)
            {
                continue;
            }

            if (Dictionary[i] is { } text)
            {
                texts[text] = texts.GetValueOrDefault(text) + counts[i];
            }
            else
            {
                missing += counts[i];
            }
        }

        return texts;
    }
}

/// <summary>Columns of which at most one is 1 in a row and the others 0, stored as the place of the 1; −1 where all are 0.</summary>
internal sealed class IndicatorFeature(string name, IReadOnlyList<string> names, int[] places, int firstRow) : Feature(name, places.Length, firstRow)
{
    internal override IReadOnlyList<string> OutputNames { get; } = names;

    internal int[] Places { get; } = places;

    internal IEnumerable<NumberFeature> Expand() =>
        OutputNames.Select((output, place) => new NumberFeature(output, Array.ConvertAll(Places, p => p == place ? 1.0 : 0.0), FirstRow));
}
