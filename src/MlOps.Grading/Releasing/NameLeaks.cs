using System.Buffers;

namespace MlOps.Grading.Releasing;

/// <summary>Finds names of held-back tests, as identifiers and as sentences, and file names of mutants.</summary>
internal sealed class NameLeaks : ILeakDetector
{
    // A shorter name without an underscore ("Works") is a word of the language.
    private const int Shortest = 12;

    private readonly (string Name, LeakKind Kind, string What)[] _names;
    private readonly SearchValues<string> _any;

    internal NameLeaks(Secrets secrets)
    {
        string[] tests = [.. secrets.Tests.Where(name => name.Contains('_', StringComparison.Ordinal) || name.Length >= Shortest)];
        HashSet<string> starters = [.. secrets.Code.Select(code => Path.GetFileNameWithoutExtension(code.StarterPath))];
        _names =
        [
            .. tests.Select(name => (name, LeakKind.HeldBackTest, $"names the held-back test {name}")),
            .. tests.Where(name => name.Contains('_', StringComparison.Ordinal) && name.Length >= Shortest).Select(name => (name.Replace('_', ' '), LeakKind.HeldBackTest, $"names the held-back test {name}")),
            .. secrets.Code.Where(code => code.Kind == LeakKind.Mutant)
                .Select(code => (Stem: Path.GetFileNameWithoutExtension(code.Path), code.Path))
                .Where(mutant => !starters.Contains(mutant.Stem))
                .Select(mutant => (mutant.Stem, LeakKind.Mutant, $"names {mutant.Path}")),
        ];
        _any = SearchValues.Create([.. _names.Select(name => name.Name)], StringComparison.Ordinal);
    }

    public IEnumerable<Leak> In(ReleasedText text)
    {
        foreach (TextPart part in text.Parts.Where(part => part.Text.AsSpan().ContainsAny(_any)))
        {
            foreach ((string name, LeakKind kind, string what) in _names)
            {
                if (IndexOf(part.Text, name) is >= 0 and int index)
                {
                    yield return new Leak(text.File, part.Place(index), kind, what);
                }
            }
        }
    }

    private static int IndexOf(string text, string name)
    {
        int index = text.IndexOf(name, StringComparison.Ordinal);
        while (index >= 0 && (IsPartOfName(text, index - 1) || IsPartOfName(text, index + name.Length)))
        {
            index = text.IndexOf(name, index + 1, StringComparison.Ordinal);
        }

        return index;
    }

    private static bool IsPartOfName(string text, int index) =>
        index >= 0 && index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] is '_' or '-');
}
