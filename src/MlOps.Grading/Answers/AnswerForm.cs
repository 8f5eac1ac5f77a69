using System.Globalization;
using System.Text.Json;

namespace MlOps.Grading.Answers;

/// <summary>How an answer is written so that equal answers have equal texts: a choice in upper case, a number as its bucket.</summary>
/// <remarks>
/// With a tolerance t the width is u = t / 10 and a number x lies in bucket ⌊x / u + ½⌋. Two numbers count as equal if their
/// buckets differ by at most 10. So what lies within t is equal, what lies farther than 1.1 t is not, and between the two
/// it depends on where the buckets begin (at exactly t, on the last binary digit).
/// </remarks>
/// <param name="Tolerance">t &gt; 0 for a number, null for a choice.</param>
internal sealed record AnswerForm(double? Tolerance)
{
    /// <summary>How far buckets may be apart.</summary>
    internal const int Reach = 10;

    // Beyond 2^53 neighbouring buckets are the same double.
    private const double LargestBucket = 9007199254740992 - Reach;

    /// <summary>The canonical texts that count as equal to this one, nearest first: one for a choice, 21 for a number.</summary>
    internal IEnumerable<string> Near(string canonical)
    {
        yield return canonical;
        if (Tolerance is not null)
        {
            long bucket = long.Parse(canonical, CultureInfo.InvariantCulture);
            for (int apart = 1; apart <= Reach; apart++)
            {
                yield return (bucket - apart).ToString(CultureInfo.InvariantCulture);
                yield return (bucket + apart).ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>Reads an answer as the student's code or a file gives it.</summary>
    internal Candidate Read(object? value)
    {
        object? plain = value is JsonElement json ? Unwrap(json) : value;
        if (plain is not (null or IConvertible))
        {
            return Candidate.Unusable($"{Needed} is needed; a {plain.GetType().Name} came.");
        }

        string text = Convert.ToString(plain, CultureInfo.InvariantCulture)?.Trim() ?? "";
        if (text.Length == 0 || text == "?" || text == "NaN")
        {
            return Candidate.Unset;
        }

        if (Tolerance is null)
        {
            return Candidate.Of(text.ToUpperInvariant());
        }

        return plain is not (bool or char) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? Bucket(number)
            : Candidate.Unusable($"{Needed} is needed; '{ShortText.Of(text, 40)}' came.");
    }

    private string Needed => Tolerance is null ? "The letter of an option" : "A number";

    private Candidate Bucket(double number)
    {
        double bucket = Math.Floor((number / (Tolerance!.Value / Reach)) + 0.5);
        return Math.Abs(bucket) <= LargestBucket
            ? Candidate.Of(((long)bucket).ToString(CultureInfo.InvariantCulture))
            : Candidate.Unusable(null);
    }

    private static object? Unwrap(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => json, // an array or an object is no answer
    };
}
