using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MlOps.Data;

namespace MlOps.Fairness;

/// <summary>A table's column of labels or predictions: at most two classes.</summary>
/// <remarks>A class is a text: of numbers without decimals ("1"), of truth values "1" and "0", so that true fits a 1 in the other column.</remarks>
internal sealed class DecisionColumn
{
    internal const byte Missing = 2;
    internal const byte Stranger = 3;

    private readonly Column _column;
    private readonly List<(string Class, int Row)> _found = [];
    private byte[] _codes = [];

    private DecisionColumn(Column column)
    {
        _column = column;
        switch (column)
        {
            case StringColumn text: FindTexts(text); break;
            case Column<long> whole: Find(whole.Values); break;
            case Column<bool> flags: Find(flags.Values); break;
            case Column<double> numbers: Find(numbers.Values); break;
            default: throw new ArgumentException($"Column '{column.Name}' holds times; labels and predictions are text, truth values or whole numbers.", nameof(column));
        }
    }

    /// <summary>Both columns, their classes known to be no more than two, the positive one among them.</summary>
    internal static (DecisionColumn Labels, DecisionColumn Predictions) Pair(Column labels, Column predictions, string positive)
    {
        var first = new DecisionColumn(labels);
        var second = new DecisionColumn(predictions);
        string wanted = Normal(positive);
        List<string> classes = [];
        foreach (DecisionColumn side in new[] { first, second })
        {
            foreach ((string found, int row) in side._found)
            {
                if (!classes.Contains(found))
                {
                    classes.Add(found);
                    if (classes.Count > 2)
                    {
                        throw side.Third(row, classes);
                    }
                }
            }
        }

        if (classes.Count == 0)
        {
            throw new ArgumentException($"'{labels.Name}' and '{predictions.Name}' have no value in any row.", nameof(labels));
        }

        // "true" names the 1 of a column of truth values; beside a text column "true" it is that text.
        string? chosen = classes.Contains(positive) ? positive : classes.Contains(wanted) ? wanted : null;
        if (chosen is null)
        {
            throw new ArgumentException(
                $"The positive class '{positive}' occurs neither in '{labels.Name}' nor in '{predictions.Name}'; the classes there are: {string.Join(", ", classes.Order(StringComparer.Ordinal))}.", nameof(positive));
        }

        first.Encode(chosen);
        second.Encode(chosen);
        return (first, second);
    }

    /// <summary>Writes 1 for the positive class, 0 for the other, <see cref="Missing"/> or <see cref="Stranger"/>.</summary>
    internal void Read(int start, Span<byte> into)
    {
        switch (_column)
        {
            case StringColumn text: ReadTexts(text.Codes.Slice(start, into.Length), into); break;
            case Column<long> whole: Read(whole.Values.Slice(start, into.Length), start, into); break;
            case Column<bool> flags: Read(flags.Values.Slice(start, into.Length), start, into); break;
            case Column<double> numbers: Read(numbers.Values.Slice(start, into.Length), start, into); break;
        }
    }

    /// <summary>The labels of the rows that also have a prediction; <see cref="Missing"/> elsewhere.</summary>
    internal static byte[] LabelsOfWholeRows(DecisionColumn labels, DecisionColumn predictions, int rows)
    {
        byte[] codes = new byte[rows];
        byte[] decided = new byte[rows];
        labels.Read(0, codes);
        predictions.Read(0, decided);
        for (int i = 0; i < rows; i++)
        {
            codes[i] = decided[i] == Missing ? Missing : codes[i];
        }

        return codes;
    }

    /// <summary>The error of a third class.</summary>
    internal ArgumentException Third(int row, IEnumerable<string> classes)
    {
        string value = Class(_column.GetValue(row)!, row);
        string[] others = [.. classes.Where(name => name != value)];
        return new ArgumentException(
            $"'{_column.Name}' has '{value}' in row {row}, a third class beside {string.Join(" and ", others)}. This report is for two classes: use MultiClassFairness, or make a column that says '{value}' or not.");
    }

    /// <summary>The classes of the column that were met first.</summary>
    internal IEnumerable<string> Classes => _found.Select(found => found.Class);

    private void FindTexts(StringColumn text)
    {
        var met = new bool[text.Levels.Length];
        int left = met.Length;
        ReadOnlySpan<int> codes = text.Codes;
        for (int row = 0; row < codes.Length && left > 0; row++)
        {
            int code = codes[row];
            if (code >= 0 && !met[code])
            {
                met[code] = true;
                left--;
                _found.Add((text.Levels[code], row));
            }
        }
    }

    /// <summary>Looks for two classes only: <see cref="Read(int, Span{byte})"/> meets a third.</summary>
    private void Find<T>(ReadOnlySpan<T> values)
        where T : struct, IEquatable<T>
    {
        for (int row = 0; row < values.Length && _found.Count < 2; row++)
        {
            if ((_found.Count == 0 || !values[row].Equals(values[_found[0].Row])) && !_column.IsMissing(row))
            {
                _found.Add((Class(values[row], row), row));
            }
        }
    }

    private void Encode(string positive)
    {
        if (_column is StringColumn text)
        {
            _codes = [.. text.Levels.ToArray().Select(level => (byte)(level == positive ? 1 : 0))];
            return;
        }

        _codes = [.. _found.Select(found => (byte)(found.Class == positive ? 1 : 0))];
    }

    private void ReadTexts(ReadOnlySpan<int> codes, Span<byte> into)
    {
        ReadOnlySpan<byte> classes = _codes;
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = codes[i] < 0 ? Missing : classes[codes[i]];
        }
    }

    private void Read<T>(ReadOnlySpan<T> values, int start, Span<byte> into)
        where T : struct, IEquatable<T>
    {
        if (_found.Count == 0)
        {
            into.Fill(Missing);
            return;
        }

        ReadOnlySpan<T> all = Values<T>();
        T one = all[_found[0].Row];
        T other = all[_found[^1].Row];
        (byte codeOfOne, byte codeOfOther) = (_codes[0], _codes[^1]);
        int done = Unsafe.SizeOf<T>() == sizeof(long) ? ReadFours(values, one, other, codeOfOne, codeOfOther, into) : 0;
        for (int i = done; i < into.Length; i++)
        {
            into[i] = values[i].Equals(one) ? codeOfOne : values[i].Equals(other) ? codeOfOther : Stranger;
        }

        if (_column.MissingCount > 0)
        {
            for (int i = 0; i < into.Length; i++)
            {
                if (_column.IsMissing(start + i))
                {
                    into[i] = Missing;
                }
            }
        }
    }

    /// <summary>Four numbers at a time, without a branch on their values, as these are as good as random.</summary>
    /// <returns>How many were read; the first four with a stranger end it.</returns>
    private static int ReadFours<T>(ReadOnlySpan<T> values, T one, T other, byte codeOfOne, byte codeOfOther, Span<byte> into)
        where T : struct
    {
        Span<uint> patterns = stackalloc uint[16];
        for (int mask = 0; mask < 16; mask++)
        {
            for (int lane = 3; lane >= 0; lane--)
            {
                patterns[mask] = (patterns[mask] << 8) | ((mask >> lane & 1) == 1 ? codeOfOne : codeOfOther);
            }
        }

        Vector256<T> ones = Vector256.Create(one);
        Vector256<T> others = Vector256.Create(other);
        int i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            Vector256<T> four = Vector256.Create(values.Slice(i, 4));
            uint mask = Vector256.ExtractMostSignificantBits(Vector256.Equals(four, ones));
            if ((mask | Vector256.ExtractMostSignificantBits(Vector256.Equals(four, others))) != 15)
            {
                break;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(into[i..], patterns[(int)mask]);
        }

        return i;
    }

    private ReadOnlySpan<T> Values<T>()
        where T : struct => ((Column<T>)_column).Values;

    private string Class(object value, int row) => value switch
    {
        string text => text,
        bool flag => flag ? "1" : "0",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number when number == Math.Floor(number) && Math.Abs(number) < 1e15 => ((long)number).ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentException(
            FormattableString.Invariant($"Column '{_column.Name}' has {value} in row {row}; a class is a whole number. Turn scores into decisions with a threshold first.")),
    };

    private static string Normal(string positive) =>
        bool.TryParse(positive, out bool flag) ? (flag ? "1" : "0")
        : double.TryParse(positive, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number == Math.Floor(number) && Math.Abs(number) < 1e15
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : positive;
}
