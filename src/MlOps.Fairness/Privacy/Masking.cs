using System.Security.Cryptography;
using System.Text;
using MlOps.Data.Identifiers;

namespace MlOps.Fairness.Privacy;

/// <summary>What stands in the place of a match.</summary>
/// <remarks>Pseudonyms are still personal data under GDPR (Art. 4(5)): who has the key can find the person again.</remarks>
public abstract class Masking
{
    private Masking()
    {
    }

    /// <summary>Gets the masking that names the kind: <c>[email]</c>.</summary>
    public static Masking Label { get; } = new LabelMasking();

    /// <summary>Gets the masking that leaves nothing.</summary>
    public static Masking Remove { get; } = new RemoveMasking();

    /// <summary>Keeps the last letters and digits and replaces the others by a star: <c>XXXX-1234</c> becomes <c>****-1234</c>.</summary>
    /// <param name="kept">How many, 0 to 8; never more than half of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public static Masking KeepEnd(int kept = 4)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(kept);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kept, 8);
        return new StarMasking(kept);
    }

    /// <summary>Puts the same pseudonym for the same person everywhere, so that rows can still be joined: <c>email-3f9a0c21b7d4</c>.</summary>
    /// <remarks>The first 48 bits of HMAC-SHA-256 over kind and text, without case, spaces and dashes. Without the key nobody can try all phone numbers; a plain hash lets everybody.</remarks>
    /// <param name="key">At least 16 secret bytes, kept apart from the data.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public static Masking Pseudonym(byte[] key)
    {
        const int Shortest = 16;
        ArgumentNullException.ThrowIfNull(key);
        return key.Length >= Shortest ? new PseudonymMasking([.. key]) : throw new ArgumentException($"The key needs at least {Shortest} bytes; it has {key.Length}.", nameof(key));
    }

    /// <summary>Returns what stands in the place of a match.</summary>
    public abstract string Of(PiiMatch match);

    private static string Name(PersonalDataKind kind) => kind == PersonalDataKind.IpAddress ? "ip" : kind.ToString().ToLowerInvariant();

    private sealed class LabelMasking : Masking
    {
        public override string Of(PiiMatch match) => $"[{Name(match.Kind)}]";
    }

    private sealed class RemoveMasking : Masking
    {
        public override string Of(PiiMatch match) => "";
    }

    private sealed class StarMasking(int kept) : Masking
    {
        public override string Of(PiiMatch match)
        {
            int hidden = match.Text.Count(char.IsLetterOrDigit);
            hidden -= Math.Min(kept, hidden / 2);
            return string.Concat(match.Text.Select(c => char.IsLetterOrDigit(c) && hidden-- > 0 ? '*' : c));
        }
    }

    private sealed class PseudonymMasking(byte[] key) : Masking
    {
        private const int Bytes = 6;

        public override string Of(PiiMatch match)
        {
            string kind = Name(match.Kind);
            string person = string.Concat(match.Text.Where(c => c is not (' ' or '-' or '(' or ')'))).ToUpperInvariant();
            byte[] code = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}:{person}"));
            return $"{kind}-{Convert.ToHexStringLower(code.AsSpan(0, Bytes))}";
        }
    }
}
