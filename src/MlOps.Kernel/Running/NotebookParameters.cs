using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Running;

/// <summary>Papermill's parameters: the cell tagged <c>parameters</c> holds the defaults, a cell injected after it holds the caller's values.</summary>
public static class NotebookParameters
{
    private const string DefaultsTag = "parameters";
    private const string InjectedTag = "injected-parameters";

    /// <summary>Returns the notebook with the values injected; the same notebook if there are none.</summary>
    /// <param name="notebook">The notebook; cells injected by an earlier run are replaced.</param>
    /// <param name="values">Name → text. The text is written as a C# literal of the type that the default has;
    /// for names declared with <c>var</c> that is the type of the default's literal.</param>
    /// <exception cref="ArgumentException">A name is no C# identifier, or the notebook declares no such parameter.</exception>
    public static NotebookFile Inject(NotebookFile notebook, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
        {
            return notebook;
        }

        List<NotebookCell> cells = [.. notebook.Cells.Where(cell => !cell.Tags.Contains(InjectedTag))];
        int defaults = cells.FindIndex(cell => cell.Kind == CellKind.Code && cell.Tags.Contains(DefaultsTag));
        Dictionary<string, string> declared = defaults < 0 ? [] : Declared(cells[defaults].Source);
        var lines = new List<string>(values.Count);
        foreach ((string name, string text) in values)
        {
            if (!SyntaxFacts.IsValidIdentifier(name))
            {
                throw new ArgumentException($"'{name}' is no name for a parameter; write -p name=value.", nameof(values));
            }

            if (declared.TryGetValue(name, out string? type))
            {
                lines.Add($"{name} = {Literal(text, type)};"); // assignment, not a new variable: the type of the default holds
            }
            else if (defaults < 0)
            {
                lines.Add($"var {name} = {Literal(text, "var")};");
            }
            else
            {
                throw new ArgumentException($"The notebook has no parameter '{name}'; its cell tagged 'parameters' declares {string.Join(", ", declared.Keys)}.", nameof(values));
            }
        }

        string id = InjectedTag;
        for (int attempt = 2; cells.Exists(cell => cell.Id == id); attempt++)
        {
            id = $"{InjectedTag}-{attempt}";
        }

        cells.Insert(defaults + 1, NotebookCell.Code(id, "// Parameters\n" + string.Join('\n', lines), InjectedTag));
        return notebook.WithCells(cells);
    }

    /// <summary>Name → type as written; for <c>var</c> the type of a literal on the right-hand side, where there is one.</summary>
    private static Dictionary<string, string> Declared(string source)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        var declared = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (FieldDeclarationSyntax field in root.ChildNodes().OfType<FieldDeclarationSyntax>())
        {
            foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
            {
                bool isText = variable.Initializer?.Value.IsKind(SyntaxKind.StringLiteralExpression) == true;
                declared[variable.Identifier.Text] = field.Declaration.Type.IsVar && isText ? "string" : field.Declaration.Type.ToString();
            }
        }

        return declared;
    }

    private static string Literal(string text, string type) => type.TrimEnd('?') switch
    {
        "string" or "String" => Quoted(text),
        "DateTime" => $"DateTime.Parse({Quoted(text)}, System.Globalization.CultureInfo.InvariantCulture)",
        "decimal" => text + "m",
        "float" => text + "f",
        "var" when !IsLiteral(text) => Quoted(text),
        _ => text,
    };

    private static bool IsLiteral(string text) =>
        text is "true" or "false" || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Quoted(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
