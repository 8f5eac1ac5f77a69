using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using MlOps.Kernel.Display;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages;

/// <summary>Scripts that run where the notebook is shown.</summary>
/// <remarks>
/// They are shown as HTML with a script, not as application/javascript: VS Code runs the latter as a module that has no place in the page,
/// so it could draw nothing. Here <c>element</c> is that place everywhere.
/// </remarks>
internal static class ScriptCell
{
    internal static void Show(string script, CellContext cell)
    {
        string id = cell.NextDisplayId();
        string html =
            $$"""
            <div data-script="{{id}}"></div>
            <script>
            (async element => {
            {{Declarations(cell.Given.Of("javascript"), "const")}}{{Embedded(script)}}
            })((document.currentScript?.parentElement ?? document).querySelector('[data-script="{{id}}"]') ?? document.querySelector('[data-script="{{id}}"]'))
              .catch(error => { console.error(error); [...document.querySelectorAll('[data-script="{{id}}"]')].forEach(place => place.append(String(error))); });
            </script>
            """;
        DisplayedValue.Show(MimeBundles.Pair(MimeBundles.Html, html.ReplaceLineEndings("\n"), script));
    }

    /// <summary>A statement for each value that was given to the script, one a line.</summary>
    internal static string Declarations(IReadOnlyList<(string Name, object? Value)> values, string keyword)
    {
        var lines = new StringBuilder();
        foreach ((string name, object? value) in values)
        {
            lines.Append(keyword).Append(' ').Append(Checked(name)).Append(" = ").Append(SharedJson.Of(value)).Append(";\n");
        }

        return lines.ToString();
    }

    private static string Checked(string name) => SyntaxFacts.IsValidIdentifier(name)
        ? name
        : throw new DirectiveException($"'{name}' is no name for a JavaScript variable: letters, digits and _ only, no digit first.");

    /// <summary>The script, so that no text in it ends the element around it.</summary>
    private static string Embedded(string script) => script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "<\\!--", StringComparison.Ordinal);
}
