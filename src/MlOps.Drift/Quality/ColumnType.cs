using System.Globalization;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>A column has this type.</summary>
/// <remarks>
/// A column that changed its type is one finding: this one. It counts and names the values to blame; the other rules about the column are not
/// evaluated. A column without a single value has no type, so there is nothing to evaluate.
/// </remarks>
public sealed record ColumnType : Expectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="type">Its type. <see cref="ExpectedType.Double"/> accepts whole numbers too.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public ColumnType(string column, ExpectedType type)
        : base(Names.Column(column)) =>
        Type = Enum.IsDefined(type) ? type : throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown type.");

    /// <summary>Gets the type.</summary>
    public ExpectedType Type { get; }

    /// <inheritdoc/>
    public override string Kind => "type";

    /// <inheritdoc/>
    public override string Expected => ExpectedTypes.Name(Type);

    internal override string Needs => ExpectedTypes.Plural(Type);

    internal override bool Fits(Column column) => ExpectedTypes.Accepts(Type, ExpectedTypes.Of(column));

    internal override void Write(FieldWriter fields) => fields.Text("type", ExpectedTypes.Name(Type));

    internal override ExpectationTest Begin(CheckContext context) => new TypeTest(Column!, this);

    /// <summary>Returns whether a text can be read as this type.</summary>
    internal bool CanRead(string text) => Type switch
    {
        ExpectedType.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        ExpectedType.Long => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        ExpectedType.Bool => bool.TryParse(text, out _),
        ExpectedType.DateTime => Instants.TryRead(text, out _, out _),
        _ => true,
    };
}

/// <summary>Judges a column by its type and, where that is another one, counts the values to blame.</summary>
/// <param name="column">The column.</param>
/// <param name="expectation">The rule that names the type; another kind of rule only says what it needs.</param>
internal sealed class TypeTest(string column, Expectation expectation) : ExpectationTest
{
    private ExpectedType _actual;
    private bool _fits;

    internal override void Add(PartView part, RowMask failing)
    {
        Column values = part[column];
        _actual = ExpectedTypes.Of(values);
        _fits = expectation.Fits(values);
        Evaluated += values.Count - values.MissingCount;
        if (!_fits && expectation is ColumnType type)
        {
            Mark(values, type, failing);
        }
    }

    internal override TestVerdict Finish(long failing)
    {
        if (Evaluated == 0)
        {
            return TestVerdict.Nothing("There is nothing to evaluate: the column has no value, and so no type.");
        }

        string observed = ExpectedTypes.Name(_actual);
        if (_fits)
        {
            return TestVerdict.Of(passed: true, observed, $"The column holds {ExpectedTypes.Plural(_actual)}.");
        }

        string blame = failing == Evaluated ? $"none of its {Wording.Count(Evaluated)} values can be read so"
            : $"{Wording.Count(failing)} of its {Wording.Count(Evaluated)} values cannot be read so";
        string why = expectation is ColumnType && failing > 0 ? $"; {blame}" : "";
        return TestVerdict.Of(passed: false, observed, $"The column holds {ExpectedTypes.Plural(_actual)} where {expectation.Needs} are expected{why}.");
    }

    private static void Mark(Column values, ColumnType type, RowMask failing)
    {
        if (values is StringColumn texts)
        {
            bool[] readable = new bool[texts.Levels.Length];
            for (int i = 0; i < readable.Length; i++)
            {
                readable[i] = type.CanRead(texts.Levels[i]);
            }

            ReadOnlySpan<int> codes = texts.Codes;
            for (int row = 0; row < codes.Length; row++)
            {
                if (codes[row] >= 0 && !readable[codes[row]])
                {
                    failing.Mark(row);
                }
            }

            return;
        }

        bool whole = values is Column<double> && type.Type == ExpectedType.Long;
        for (int row = 0; row < values.Count; row++)
        {
            if (!values.IsMissing(row) && !(whole && double.IsInteger(((Column<double>)values).Values[row])))
            {
                failing.Mark(row);
            }
        }
    }
}
