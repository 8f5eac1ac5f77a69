using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MlOps.Grading.Answers;

/// <summary>Reads <c>answers.yaml</c>, and says which entry is wrong.</summary>
internal static class AnswerSheet
{
    internal static IReadOnlyList<PlainEntry> Read(string path)
    {
        Dictionary<string, Dictionary<string, AnswerFields?>?> answers = Parse(path).Answers
            ?? throw new InvalidDataException($"{path}: 'answers' is missing.");
        return
        [
            .. answers.SelectMany(exercise => (exercise.Value ?? throw Wrong(path, exercise.Key, "has no property"))
                .Select(property => ToEntry(path, exercise.Key.Trim(), property.Key.Trim(), property.Value))),
        ];
    }

    private static SheetFields Parse(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<SheetFields?>(reader)
                ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{path}, line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static PlainEntry ToEntry(string path, string exercise, string property, AnswerFields? fields)
    {
        string entry = $"{exercise} {property}";
        if (property.Length == 0 || !property.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            throw Wrong(path, entry, "is no name of a C# property");
        }

        var form = new AnswerForm(fields?.Tolerance is { } tolerance ? Tolerance(path, entry, tolerance) : null);
        string right = Canonical(path, entry, form, "value", fields?.Value);
        var wrong = new List<(string Canonical, string Why)>();
        foreach ((string value, string? why) in fields!.Why ?? [])
        {
            string canonical = Canonical(path, entry, form, "why", value);
            if (form.Near(right).Contains(canonical))
            {
                throw Wrong(path, entry, $"explains why '{value}' is wrong, but '{value}' counts as right");
            }

            if (wrong.Exists(other => other.Canonical == canonical))
            {
                throw Wrong(path, entry, $"explains '{value}' twice");
            }

            wrong.Add((canonical, string.IsNullOrWhiteSpace(why) ? throw Wrong(path, entry, $"says nothing about why '{value}' is wrong") : why.Trim()));
        }

        return new PlainEntry(exercise, property, form, right, wrong);
    }

    private static double Tolerance(string path, string entry, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double tolerance) && double.IsFinite(tolerance) && tolerance > 0
            ? tolerance
            : throw Wrong(path, entry, $"needs a tolerance above 0; it says '{text}'");

    private static string Canonical(string path, string entry, AnswerForm form, string field, string? text)
    {
        Candidate candidate = form.Read(text);
        if (candidate.Canonical is { } canonical)
        {
            return canonical;
        }

        throw Wrong(path, entry, candidate switch
        {
            { IsAnswered: false } => $"needs a {field}; '{text}' stands for no answer yet",
            { Problem: { } problem } => $"has the {field} '{text}': {problem.TrimEnd('.')}",
            _ => string.Create(CultureInfo.InvariantCulture, $"has the {field} '{text}', which the tolerance {form.Tolerance} is too fine for"),
        });
    }

    private static InvalidDataException Wrong(string path, string entry, string what) => new($"{path}: {entry} {what}.");

    private sealed class SheetFields
    {
        public Dictionary<string, Dictionary<string, AnswerFields?>?>? Answers { get; set; }
    }

    private sealed class AnswerFields
    {
        public string? Value { get; set; }

        public string? Tolerance { get; set; }

        public Dictionary<string, string?>? Why { get; set; }
    }
}
