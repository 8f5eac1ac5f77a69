using System.Buffers;

namespace MlOps.Grading.Releasing;

/// <summary>Finds explanations of wrong options, whatever the line breaks.</summary>
internal sealed class ExplanationLeaks : ILeakDetector
{
    // A shorter one ("Too low.") stands in many texts by chance.
    private const int Shortest = 20;

    private readonly (string Squeezed, string What)[] _texts;
    private readonly SearchValues<string> _any;

    internal ExplanationLeaks(Secrets secrets)
    {
        _texts =
        [
            .. secrets.Answers.SelectMany(answer => answer.Texts.Select(text => (TextPart.Squeeze(text), $"explains a wrong answer to {answer.Exercise} {answer.Property}")))
                .Where(text => text.Item1.Length >= Shortest),
        ];
        _any = SearchValues.Create([.. _texts.Select(text => text.Squeezed)], StringComparison.OrdinalIgnoreCase);
    }

    public IEnumerable<Leak> In(ReleasedText text)
    {
        foreach (TextPart part in text.Parts.Where(part => part.Squeezed.AsSpan().ContainsAny(_any)))
        {
            foreach ((string squeezed, string what) in _texts)
            {
                if (part.Squeezed.IndexOf(squeezed, StringComparison.OrdinalIgnoreCase) is >= 0 and int index)
                {
                    yield return new Leak(text.File, part.PlaceOfSqueezed(index), LeakKind.Explanation, what);
                }
            }
        }
    }
}
