using MlOps.Grading.Exercises;

namespace MlOps.Grading.Releasing;

/// <summary>Finds code of solutions, mutants and held-back tests by two lines in a row, whole copies of files, and starters that are solved already.</summary>
internal sealed class CodeLeaks : ILeakDetector
{
    // A shorter file, such as a lone "{}", is no proof of anything.
    private const int ShortestFile = 40;

    private readonly Secrets _secrets;
    private readonly Dictionary<(string First, string Second), SecretCode> _pairs = [];
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    internal CodeLeaks(Secrets secrets)
    {
        _secrets = secrets;
        foreach (SecretCode code in secrets.Code.OrderBy(code => code.Kind))
        {
            foreach ((string, string) pair in code.Pairs(secrets.Library))
            {
                _pairs.TryAdd(pair, code);
            }
        }

        string[] starters = [.. secrets.Code.Select(code => TextPart.Squeeze(code.Starter))];
        foreach ((string path, string text) in secrets.Files)
        {
            string squeezed = TextPart.Squeeze(text);
            if (squeezed.Length >= ShortestFile && !starters.Contains(squeezed))
            {
                _files.TryAdd(squeezed, path);
            }
        }
    }

    public IEnumerable<Leak> In(ReleasedText text)
    {
        if (_files.TryGetValue(text.Whole.Squeezed, out string? copied))
        {
            yield return new Leak(text.File, "", LeakKind.File, $"is a copy of {copied}");
        }

        foreach (SecretCode solved in _secrets.Code.Where(code => code.Kind == LeakKind.Solution && code.StarterPath == text.File && IsSolved(code, text.Whole.Text)))
        {
            yield return new Leak(text.File, "", LeakKind.Solution, $"holds the code of {solved.Path}; put the starter's own code back between the marks");
        }

        foreach (TextPart part in text.Parts)
        {
            (int Number, string Line)[] lines = [.. CodeLine.Of(part.Text).Where(line => !_secrets.Library.Contains(line.Line))];
            foreach (((int number, string first), (_, string second)) in lines.Zip(lines.Skip(1)))
            {
                if (_pairs.TryGetValue((first, second), out SecretCode? code))
                {
                    yield return new Leak(text.File, part.PlaceOfLine(number), code.Kind, $"has two lines in a row of {code.Path}");
                }
            }
        }
    }

    private static bool IsSolved(SecretCode code, string released) =>
        Hole.Of(code.Text) is { Count: > 0 } solution && Hole.Of(released) is { } hole && hole.SequenceEqual(solution);
}
