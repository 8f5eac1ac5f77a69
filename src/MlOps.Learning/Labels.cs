using System.Globalization;
using MlOps.Data;

namespace MlOps.Learning;

/// <summary>The classes of n cases: a code per case and a name per code. Immutable.</summary>
public sealed class Labels
{
    private readonly int[] _codes;

    /// <summary>Wraps codes. The array is not copied; leave it alone afterwards.</summary>
    /// <param name="codes">A code a case, an index into <paramref name="classes"/>.</param>
    /// <param name="classes">The name of each class, no two alike. A class may have no case.</param>
    /// <exception cref="ArgumentException">Two classes have one name, or a code has none.</exception>
    public Labels(int[] codes, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Distinct(StringComparer.Ordinal).Count() != classes.Count)
        {
            throw new ArgumentException($"Two classes have the same name: {string.Join(", ", classes)}.", nameof(classes));
        }

        int outside = codes.AsSpan().IndexOfAnyExceptInRange(0, classes.Count - 1);
        if (outside >= 0)
        {
            throw new ArgumentException($"Code {codes[outside]} in row {outside} names none of {classes.Count} classes.", nameof(codes));
        }

        _codes = codes;
        Classes = [.. classes];
    }

    /// <summary>Gets the names of the classes; a code is an index into it.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets the number of cases.</summary>
    public int Count => _codes.Length;

    /// <summary>Gets the code of every case.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>Gets the class of a case.</summary>
    public string this[int row] => Classes[_codes[row]];

    /// <summary>Returns the code of a class.</summary>
    /// <exception cref="ArgumentException">No class has this name; the message lists those there are.</exception>
    public int CodeOf(string name)
    {
        for (int i = 0; i < Classes.Count; i++)
        {
            if (string.Equals(Classes[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new ArgumentException($"No class '{name}'. There are: {string.Join(", ", Classes)}.", nameof(name));
    }

    /// <summary>Returns for every case whether it is of the class: the truth of a two-class metric, with its positive class named.</summary>
    /// <exception cref="ArgumentException">No class has this name; the message lists those there are.</exception>
    public bool[] Are(string name)
    {
        int positive = CodeOf(name);
        return Array.ConvertAll(_codes, code => code == positive);
    }

    /// <summary>Returns how many cases each class has.</summary>
    public int[] Counts()
    {
        var counts = new int[Classes.Count];
        foreach (int code in _codes)
        {
            counts[code]++;
        }

        return counts;
    }

    /// <summary>Copies the given cases, in the given order. The classes stay the same, also where one has no case left.</summary>
    public Labels Take(ReadOnlySpan<int> rows)
    {
        var codes = new int[rows.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = _codes[rows[i]];
        }

        return new Labels(codes, Classes);
    }

    /// <summary>Labels from names; classes in ordinal order.</summary>
    public static Labels Of(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return Coded(all, [.. all.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Labels from whole numbers; classes in numerical order, named by their digits.</summary>
    public static Labels Of(IEnumerable<long> numbers)
    {
        long[] all = [.. numbers];
        return Coded([.. all.Select(Name)], [.. all.Distinct().Order().Select(Name)]);
    }

    /// <summary>Labels from truth values; the classes are false and true, also where only one occurs.</summary>
    public static Labels Of(IEnumerable<bool> flags) => new([.. flags.Select(flag => flag ? 1 : 0)], ["false", "true"]);

    /// <summary>Labels from a column of text, truth values or whole numbers (1.0 counts as whole).</summary>
    /// <exception cref="ArgumentException">A value is missing or no whole number, or the column holds times; the message names the row.</exception>
    public static Labels Of(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column.MissingCount > 0)
        {
            int row = Enumerable.Range(0, column.Count).First(column.IsMissing);
            throw new ArgumentException($"Label column '{column.Name}' has no value in row {row} ({column.MissingCount} are missing). Drop such rows first.", nameof(column));
        }

        return column switch
        {
            StringColumn text => Of(Enumerable.Range(0, text.Count).Select(i => text.Levels[text.Codes[i]])),
            Column<bool> flags => Of(flags.Values.ToArray()),
            Column<long> whole => Of(whole.Values.ToArray()),
            Column<double> numbers => Of(numbers.Values.ToArray().Select((value, row) => Whole(value, row, column.Name))),
            _ => throw new ArgumentException($"Column '{column.Name}' holds {column.ValueType.Name}; classes are text, truth values or whole numbers.", nameof(column)),
        };
    }

    private static long Whole(double value, int row, string name) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e15
            ? (long)value
            : throw new ArgumentException(FormattableString.Invariant($"Label column '{name}' has {value} in row {row}; a class is a whole number. For numbers to predict, train a regression."));

    private static string Name(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Labels Coded(string[] all, string[] classes)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < classes.Length; i++)
        {
            codes.Add(classes[i], i);
        }

        return new Labels([.. all.Select(name => codes[name])], classes);
    }
}
