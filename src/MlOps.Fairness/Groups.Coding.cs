using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MlOps.Data;

namespace MlOps.Fairness;

/// <content>How values become codes.</content>
public sealed partial class Groups
{
    /// <summary>Distinct numbers that are looked up without the dictionary.</summary>
    private const int Remembered = 8;

    /// <summary>Whole numbers of a smaller range than this find their code in a table.</summary>
    private const int TableLength = 1024;

    private const int PartLength = 65_536;

    /// <summary>Numbers the values of the rows from <paramref name="from"/> on in the order they are met; returns them.</summary>
    private delegate T[] Coder<T>(int from, Span<int> codes);

    private static Groups Single(Column column) => column switch
    {
        StringColumn text => Texts(text),
        Column<bool> flags => Numbers(flags, static value => value ? 1 : 0, static value => value ? "true" : "false"),
        Column<long> whole => Numbers(whole, static value => value, static value => value.ToString(CultureInfo.InvariantCulture)),
        Column<double> numbers => Numbers(numbers, static value => value, static value => value.ToString(value == Math.Floor(value) && Math.Abs(value) < 1e15 ? "0.0" : "R", CultureInfo.InvariantCulture)), // 1.0 as the file has it
        _ => throw new ArgumentException($"Sensitive column '{column.Name}' holds times; groups are made of text, truth values or numbers.", nameof(column)),
    };

    private static Groups Texts(StringColumn column)
    {
        var occurs = new bool[column.Levels.Length];
        int unseen = occurs.Length;
        ReadOnlySpan<int> all = column.Codes;
        for (int i = 0; i < all.Length && unseen > 0; i++) // most often over after a few rows
        {
            if (all[i] >= 0 && !occurs[all[i]])
            {
                occurs[all[i]] = true;
                unseen--;
            }
        }

        int[] sorted = [.. Enumerable.Range(0, occurs.Length).Where(level => occurs[level])];
        string[] levels = column.Levels.ToArray();
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(levels[a], levels[b]));
        Refuse(sorted.Length, [column.Name]);
        var translation = new int[levels.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            translation[sorted[i]] = i;
        }

        return new Groups(column, [.. sorted.Select(level => new[] { levels[level] })], translation);
    }

    private int[] Translated()
    {
        int[] codes = new int[RowCount];
        InParts(codes.Length, (from, to) =>
        {
            ReadOnlySpan<int> given = _text!.Codes;
            for (int i = from; i < to; i++)
            {
                codes[i] = given[i] < 0 ? NoGroup : _groupOfLevel[given[i]];
            }
        });
        return codes;
    }

    private static Groups Numbers<T>(Column<T> column, Func<T, double> order, Func<T, string> text)
        where T : struct, IEquatable<T>
    {
        Func<int, bool>? isMissing = column.MissingCount > 0 ? column.IsMissing : null;
        return Coded(column.Name, column.Count, Code, values => values.OrderBy(order), text);

        T[] Code(int from, Span<int> codes)
        {
            ReadOnlySpan<T> values = column.Values.Slice(from, codes.Length);
            return typeof(T) == typeof(long) && isMissing is null && CodeClose(MemoryMarshal.Cast<T, long>(values), codes) is { } close
                ? MemoryMarshal.Cast<long, T>(close).ToArray()
                : Groups.Code(values, from, isMissing, codes);
        }
    }

    /// <summary>Each part finds its own values, several parts at a time; then the codes are put into one order.</summary>
    private static Groups Coded<T>(string name, int rows, Coder<T> code, Func<IEnumerable<T>, IEnumerable<T>> sort, Func<T, string> text)
        where T : notnull
    {
        int[] codes = new int[rows];
        var found = new T[(rows + PartLength - 1) / PartLength][];
        InParts(rows, (from, to) => found[from / PartLength] = code(from, codes.AsSpan(from, to - from)));
        T[] sorted = [.. sort(found.SelectMany(values => values).Distinct())];
        Refuse(sorted.Length, [name]);
        Dictionary<T, int> places = sorted.Select((value, place) => (value, place)).ToDictionary(pair => pair.value, pair => pair.place);
        InParts(rows, (from, to) =>
        {
            int[] translation = [.. found[from / PartLength].Select(value => places[value])];
            for (int i = from; i < to; i++)
            {
                codes[i] = codes[i] < 0 ? NoGroup : translation[codes[i]];
            }
        });
        return new Groups([name], [.. sorted.Select(value => new[] { text(value) })], codes);
    }

    /// <summary>As <see cref="Code"/>, through a table; null if the numbers lie too far apart for one.</summary>
    private static long[]? CodeClose(ReadOnlySpan<long> values, Span<int> codes)
    {
        long min = TensorPrimitives.Min(values);
        if ((ulong)(TensorPrimitives.Max(values) - min) >= TableLength)
        {
            return null;
        }

        Span<int> table = stackalloc int[TableLength];
        table.Fill(NoGroup);
        var found = new List<long>();
        for (int i = 0; i < values.Length; i++)
        {
            ref int code = ref table[(int)(values[i] - min)];
            if (code == NoGroup)
            {
                code = found.Count;
                found.Add(values[i]);
            }

            codes[i] = code;
        }

        return [.. found];
    }

    /// <summary>Numbers the values of one part in the order they are met; returns them. Stops at more than <see cref="Most"/>.</summary>
    private static T[] Code<T>(ReadOnlySpan<T> values, int start, Func<int, bool>? isMissing, Span<int> codes)
        where T : struct, IEquatable<T>
    {
        var index = new Dictionary<T, int>();
        var first = new T[Remembered]; // a few values are found faster in a row than in a dictionary
        for (int i = 0; i < values.Length && index.Count <= Most; i++)
        {
            if (isMissing is not null && isMissing(start + i))
            {
                codes[i] = NoGroup;
                continue;
            }

            T value = values[i];
            int code = 0;
            int known = Math.Min(index.Count, Remembered);
            while (code < known && !first[code].Equals(value))
            {
                code++;
            }

            if (code == known && !index.TryGetValue(value, out code))
            {
                code = index.Count;
                index.Add(value, code);
                if (code < Remembered)
                {
                    first[code] = value;
                }
            }

            codes[i] = code;
        }

        return [.. index.Keys];
    }

    /// <summary>As <see cref="Code"/>, for texts: most often the same few objects.</summary>
    private static string[] CodeTexts(ReadOnlySpan<string?> values, Span<int> codes)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var objects = new string?[Remembered];
        int[] codeOfObject = new int[Remembered];
        int oldest = 0;
        for (int i = 0; i < values.Length && index.Count <= Most; i++)
        {
            string? value = values[i];
            if (value is null)
            {
                codes[i] = NoGroup;
                continue;
            }

            int place = 0;
            while (place < Remembered && !ReferenceEquals(objects[place], value))
            {
                place++;
            }

            if (place == Remembered)
            {
                place = oldest++ % Remembered;
                ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(index, value, out bool known);
                code = known ? code : index.Count - 1;
                (objects[place], codeOfObject[place]) = (value, code);
            }

            codes[i] = codeOfObject[place];
        }

        return [.. index.Keys];
    }

    /// <summary>Runs over the rows in parts, several at a time.</summary>
    private static void InParts(int rows, Action<int, int> body) =>
        Parallel.For(0, (rows + PartLength - 1) / PartLength, part => body(part * PartLength, Math.Min(rows, (part + 1) * PartLength)));
}
