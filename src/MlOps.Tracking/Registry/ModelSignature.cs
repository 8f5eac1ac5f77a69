using MlOps.Data;

namespace MlOps.Tracking.Registry;

/// <summary>What a model takes and gives: the promise that a caller relies on.</summary>
/// <param name="Inputs">Columns, or tensors; never both.</param>
/// <param name="Outputs">The same; empty if not told.</param>
/// <remarks>
/// MLflow writes it into the file <c>MLmodel</c> beside the model: <c>signature: {inputs: '[{"type": "double", "name": "x", "required": true}]', outputs: …}</c>, each a JSON
/// text (<see cref="InputsJson"/>, <see cref="OutputsJson"/>). Its arrays, objects and maps inside a column are read as types of that name, without what is in them.
/// </remarks>
public sealed record ModelSignature(IReadOnlyList<SignatureField> Inputs, IReadOnlyList<SignatureField> Outputs)
{
    /// <summary>Gets the inputs as MLflow writes them; <c>[]</c> if there are none.</summary>
    public string InputsJson => SignatureJson.Write(Inputs);

    /// <summary>Gets the outputs as MLflow writes them; <c>[]</c> if there are none.</summary>
    public string OutputsJson => SignatureJson.Write(Outputs);

    /// <summary>Takes the signature from examples of what goes in and what comes out.</summary>
    /// <param name="inputs">Rows as a caller gives them. A column with missing values need not be given, as in MLflow.</param>
    /// <param name="outputs">What the model answers; null leaves it open.</param>
    /// <exception cref="ArgumentException"><paramref name="inputs"/> has no columns.</exception>
    public static ModelSignature Of(Table inputs, Table? outputs = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Columns.Count == 0
            ? throw new ArgumentException("A signature needs the columns that the model takes; the table has none.", nameof(inputs))
            : new ModelSignature(FieldsOf(inputs), outputs is null ? [] : FieldsOf(outputs));
    }

    /// <summary>Reads what MLflow writes.</summary>
    /// <param name="inputs">JSON; null or empty for none.</param>
    /// <param name="outputs">JSON; null or empty for none.</param>
    /// <exception cref="FormatException">One is no list of fields; the message says which and where.</exception>
    public static ModelSignature Parse(string? inputs, string? outputs) =>
        new(SignatureJson.Read(inputs, nameof(inputs)), SignatureJson.Read(outputs, nameof(outputs)));

    /// <summary>Checks whether the model can take the rows of a table.</summary>
    /// <remarks>
    /// Columns are found by name, wherever they stand; further columns do not matter. Whole numbers pass for <c>double</c> and <c>float</c>, for <c>integer</c> if they fit 32 bits; a
    /// column of missing values only passes for any type that need not be given. A model that takes one tensor of two axes takes a table of as many number columns; other tensors cannot be checked against a table, which is a problem too.
    /// </remarks>
    /// <param name="rows">The rows.</param>
    /// <returns>A sentence for every column that is missing or of another type.</returns>
    public SignatureCheck Check(Table rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new SignatureCheck([.. Inputs.Any(field => field.Shape is not null) ? TensorProblems(rows) : ColumnProblems(rows)]);
    }

    /// <summary>Compares the inputs with those of a model in use: can this one stand in for it?</summary>
    /// <remarks>The same names with the same types, in any order. An input that need not be given may be new.</remarks>
    /// <param name="inUse">What callers give today.</param>
    /// <returns>A sentence for every input that is new, gone, or of another type.</returns>
    public SignatureCheck CompareInputs(ModelSignature inUse)
    {
        ArgumentNullException.ThrowIfNull(inUse);
        var problems = new List<string>();
        foreach (SignatureField field in Inputs)
        {
            if (inUse.Inputs.FirstOrDefault(f => f.Name == field.Name) is not { } before)
            {
                if (field.Required)
                {
                    problems.Add($"{Shown(field)} is new ({field.Kind}), and callers do not give it");
                }
            }
            else if (!field.SameKind(before))
            {
                problems.Add($"{Shown(field)} is {field.Kind} and was {before.Kind}");
            }
            else if (field.Required && !before.Required)
            {
                problems.Add($"{Shown(field)} was optional and must be given now");
            }
        }

        problems.AddRange(inUse.Inputs.Where(before => Inputs.All(f => f.Name != before.Name)).Select(before => $"{Shown(before)} is gone"));
        return new SignatureCheck(problems);
    }

    /// <summary>Returns whether two signatures have the same fields in the same order.</summary>
    public bool Equals(ModelSignature? other) => other is not null && Inputs.SequenceEqual(other.Inputs) && Outputs.SequenceEqual(other.Outputs);

    /// <inheritdoc/>
    public override int GetHashCode() => Inputs.Concat(Outputs).Aggregate(Inputs.Count, HashCode.Combine);

    /// <summary>Returns <c>(age: long, income: double) → (risk: double)</c>.</summary>
    public override string ToString() => $"({string.Join(", ", Inputs)}) → ({string.Join(", ", Outputs)})";

    /// <summary>Returns how a notebook shows it: a table of fields.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new ResultTable(
        $"Takes {Counted(Inputs.Count, "input")}, gives {Counted(Outputs.Count, "output")}", "",
        ["", "name", "type", "must be given"],
        [.. Inputs.Select(field => Row("in", field)), .. Outputs.Select(field => Row("out", field))]).ToMimeBundle(ToString());

    private static string[] Row(string side, SignatureField field) => [side, field.Name, field.Kind, field.Required ? "yes" : "no"];

    private static string Counted(int n, string noun) => FormattableString.Invariant($"{n} {noun}{(n == 1 ? "" : "s")}");

    private static string Shown(SignatureField field) => field.Name.Length == 0 ? "the input" : $"'{field.Name}'";

    private static SignatureField[] FieldsOf(Table table) => [.. table.Columns.Select(column => new SignatureField(column.Name, TypeOf(column), Required: column.MissingCount == 0))];

    private static string TypeOf(Column column) => column switch
    {
        Column<double> => "double",
        Column<long> => "long",
        Column<bool> => "boolean",
        Column<DateTime> => "datetime",
        _ => "string",
    };

    private static string? Mismatch(SignatureField field, Column column)
    {
        string has = TypeOf(column);
        if (has == field.Type || (column.MissingCount == column.Count && !field.Required))
        {
            return null;
        }

        if (column is Column<long> whole)
        {
            switch (field.Type)
            {
                case "double" or "float":
                    return null;
                case "integer":
                    return whole.Present().Any(value => value is < int.MinValue or > int.MaxValue) ? $"'{field.Name}' needs integer, and a value does not fit 32 bits" : null;
            }
        }

        return column is Column<double> && field.Type == "float" ? null : $"'{field.Name}' needs {field.Type} and is {has}";
    }

    private List<string> ColumnProblems(Table rows)
    {
        var problems = new List<string>();
        foreach (SignatureField field in Inputs)
        {
            if (!rows.HasColumn(field.Name))
            {
                if (field.Required)
                {
                    problems.Add($"'{field.Name}' ({field.Type}) is missing");
                }
            }
            else if (Mismatch(field, rows[field.Name]) is { } mismatch)
            {
                problems.Add(mismatch);
            }
        }

        return problems;
    }

    private IEnumerable<string> TensorProblems(Table rows)
    {
        if (Inputs is not [{ Shape: [_, var width] }])
        {
            return [$"the model takes ({string.Join(", ", Inputs)}), which a table cannot give"];
        }

        IEnumerable<string> words = rows.Columns.Where(column => column is not (Column<double> or Column<long> or Column<bool>)).Select(column => $"'{column.Name}' is {TypeOf(column)} and the model takes numbers");
        return width < 0 || width == rows.Columns.Count
            ? words
            : words.Prepend(FormattableString.Invariant($"the model takes {width} columns, and the table has {rows.Columns.Count}"));
    }
}
