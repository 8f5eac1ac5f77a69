using System.Text.RegularExpressions;
using MlOps.Grading.Answers;

namespace MlOps.Grading.Releasing;

/// <summary>Finds right answers beside their property: <c>Answer => "B"</c>, <c>"Answer": "B"</c>, <c>Psi: { value: 0.0213</c>.</summary>
/// <remarks>
/// Many exercises have a property <c>Answer</c> and many texts an answer B, so the exercise must be named too: by the number
/// that stands last before the place (<c>12.1</c> or <c>12_1</c>), or in the file's path. A number of three digits or more is
/// found without.
/// </remarks>
internal sealed class AnswerLeaks : ILeakDetector
{
    private const int TellingDigits = 3;

    private readonly (string Property, Regex Pattern, PlainEntry[] Answers)[] _properties;
    private readonly Regex? _mention;

    internal AnswerLeaks(Secrets secrets)
    {
        _properties = [.. secrets.Answers.GroupBy(answer => answer.Property).Select(group => (group.Key, Pattern(group.Key), group.ToArray()))];
        string numbers = string.Join('|', secrets.Exercises.Concat(secrets.Answers.Select(answer => answer.Exercise)).Distinct().Select(id => Regex.Escape(id).Replace(@"\.", "[._]", StringComparison.Ordinal)));
        _mention = numbers.Length == 0 ? null : new Regex($@"(?<![\d.])(?:{numbers})(?!\d|[._]\d)", RegexOptions.CultureInvariant);
    }

    public IEnumerable<Leak> In(ReleasedText text)
    {
        string? inPath = _mention?.Matches(text.File).Select(match => match.Value).LastOrDefault();
        foreach (TextPart part in text.Parts)
        {
            Match[]? mentions = null;
            foreach ((string property, Regex pattern, PlainEntry[] answers) in _properties)
            {
                if (!part.Text.Contains(property, StringComparison.Ordinal))
                {
                    continue;
                }

                mentions ??= _mention!.Matches(part.Text).ToArray();
                foreach (Match match in pattern.Matches(part.Text))
                {
                    string? named = mentions.LastOrDefault(mention => mention.Index < match.Index)?.Value;
                    foreach (PlainEntry answer in answers.Where(answer => Gives(match, answer, named, inPath)))
                    {
                        yield return new Leak(text.File, part.Place(match.Index), LeakKind.Answer, $"gives the right answer to {answer.Exercise} {answer.Property}");
                    }
                }
            }
        }
    }

    private static bool Gives(Match match, PlainEntry answer, string? named, string? inPath)
    {
        string value = match.Groups["value"].Value.TrimEnd('.');
        return answer.Form.Read(value).Canonical is { } canonical
            && answer.Judge(canonical).IsRight
            && (Is(named, answer) || Is(inPath, answer) || (answer.Form.Tolerance is not null && Digits(value) >= TellingDigits));
    }

    private static bool Is(string? mention, PlainEntry answer) => mention?.Replace('_', '.') == answer.Exercise;

    private static int Digits(string number) => number.Split('e', 'E')[0].Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Count();

    // property, maybe quoted · maybe { get; } · separator · maybe { value: · value: quoted, a number, or a word that ends the clause
    private static Regex Pattern(string property) => new(
        $$"""
        (?<![A-Za-z0-9_]){{property}}["'`*]*\s*(?:\{\s*get;[^}\n]*\}\s*)?(?:=>|[=:|])\s*(?:\{?\s*["']?value["']?\s*:\s*)?
        (?:"(?<value>[^"\n]{1,80})"|'(?<value>[^'\n]{1,80})'|`(?<value>[^`\n]{1,80})`|(?<value>[-+]?\.?\d[\d.eE+-]*)|(?<value>[^\s"'`;,.|\[\]{}()]{1,80})(?=\s*(?:[.,;|}\])]|\r?$)))
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline);
}
