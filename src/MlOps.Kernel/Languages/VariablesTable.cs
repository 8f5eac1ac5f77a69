using System.Collections;
using System.Globalization;
using MlOps.Kernel.Display;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages;

/// <summary><c>#!who</c> and <c>#!whos</c>.</summary>
internal static class VariablesTable
{
    private const int LongestValue = 80;

    internal static void ShowNames(IReadOnlyList<CellVariable> variables) =>
        DisplayedValue.Show(MimeBundles.Of(variables.Count == 0 ? "No variables yet." : string.Join(", ", variables.Select(variable => variable.Name))));

    internal static void Show(IReadOnlyList<CellVariable> variables)
    {
        if (variables.Count == 0)
        {
            ShowNames(variables);
            return;
        }

        DisplayedValue.Show(MimeBundles.Of(variables.Select(variable => new { variable.Name, variable.Type, Value = Text(variable.Value) }).ToArray()));
    }

    /// <summary>A value on one short line. Sequences are counted if that costs nothing, and never run through: some have no end.</summary>
    internal static string Text(object? value)
    {
        try
        {
            string text = value switch
            {
                null => "null",
                string s => s,
                ICollection collection => string.Create(CultureInfo.InvariantCulture, $"{collection.Count} {(collection.Count == 1 ? "item" : "items")}"),
                IEnumerable and not IFormattable when value.GetType().GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType == typeof(object) => "a sequence",
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? "",
            };
            return CompilerNames.Replace(ShortText.Of(text, LongestValue)).ReplaceLineEndings(" ");
        }
        catch (Exception exception) when (exception is not ThreadInterruptedException)
        {
            return $"(its ToString() throws {exception.GetType().Name})"; // user code: anything can happen
        }
    }
}
