using System.Text;

namespace MlOps.Data.Csv;

/// <summary>A value as an error message shows it: short, on one line.</summary>
internal static class Excerpt
{
    private const int Longest = 60;

    internal static string Of(ReadOnlySpan<byte> text)
    {
        string value = Encoding.UTF8.GetString(text).ReplaceLineEndings(" ");
        return value.Length <= Longest ? value : string.Concat(value.AsSpan(0, Longest), "…");
    }
}
