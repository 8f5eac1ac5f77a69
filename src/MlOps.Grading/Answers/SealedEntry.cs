using System.Security.Cryptography;

namespace MlOps.Grading.Answers;

/// <summary>The right answer of one property, sealed.</summary>
internal sealed class SealedEntry(string file, string exercise, string name, int iterations, SealedProperty property) : IAnswerEntry
{
    public AnswerForm Form { get; } = new(property.Tolerance);

    public AnswerVerdict Judge(string canonical)
    {
        SealKeys.Pair candidate = SealKeys.Of(exercise, name, canonical, property.Salt, iterations);
        byte[]? entry = property.Entries.FirstOrDefault(entry => entry.AsSpan(0, SealKeys.TagBytes).SequenceEqual(candidate.Tag));
        try
        {
            return entry is null ? AnswerVerdict.Wrong(null) : Seal.Open(property, entry, candidate);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException($"{file}: {exercise} {name} was changed after it was sealed. Take the file from the course again.", e);
        }
    }
}
