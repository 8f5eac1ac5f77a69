using System.Security.Cryptography;
using System.Text;

namespace MlOps.Grading.Answers;

/// <summary>Derives tags and keys from a candidate answer. One slow step a candidate, everything else is fast.</summary>
internal static class SealKeys
{
    /// <summary>
    /// Rounds of PBKDF2 for one candidate. It makes a look-up table for all courses useless, no more: a choice has four
    /// candidates, and no number of rounds that a student would wait for changes that.
    /// </summary>
    internal const int Iterations = 20_000;

    internal const int TagBytes = 16;
    internal const int KeyBytes = 32;

    internal static Pair Of(string exercise, string property, string canonical, byte[] salt, int iterations)
    {
        byte[] root = Stretch($"{exercise}\n{property}\n{canonical}", salt, iterations);
        byte[] both = Expand(root, "entry", TagBytes + KeyBytes);
        return new Pair(both[..TagBytes], both[TagBytes..]);
    }

    internal static byte[] Stretch(string secret, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, iterations, HashAlgorithmName.SHA256, KeyBytes);

    internal static byte[] Expand(byte[] root, string purpose, int bytes) =>
        HKDF.Expand(HashAlgorithmName.SHA256, root, bytes, Encoding.UTF8.GetBytes(purpose));

    /// <param name="Tag">Finds the entry.</param>
    /// <param name="Key">Opens it.</param>
    internal sealed record Pair(byte[] Tag, byte[] Key);
}
