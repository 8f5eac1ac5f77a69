using System.Text.RegularExpressions;
using MlOps.Data.Identifiers;

namespace MlOps.Fairness.Privacy;

/// <summary>Where in a text a kind may stand; the recognisers of MlOps.Data decide.</summary>
internal static partial class PiiPatterns
{
    private const double Certain = 1;
    private const double Likely = 0.8;
    private const double NeedsContext = 0.3;

    // Of presidio: a word that announces the kind adds this much.
    private const double Context = 0.35;
    private const int ContextReach = 30;

    private static readonly string[] s_phoneWords = ["phone", "mobile", "call", "tel", "contact", "whatsapp", "cell"];
    private static readonly string[] s_panWords = ["pan", "income tax", "permanent account"];

    /// <summary>All candidates of a kind but names; they may overlap with those of other kinds.</summary>
    internal static IEnumerable<PiiMatch> Find(PersonalDataKind kind, string text) => kind switch
    {
        PersonalDataKind.Email => Matches(kind, Email(), text, match => EmailAddress.IsMatch(match.Value) ? Certain : 0),
        PersonalDataKind.Phone => Matches(kind, International(), text, match => PhoneNumber.IsMatch(match.Value) ? Likely : 0)
            .Concat(Matches(kind, Indian(), text, match => PhoneNumber.IsMatch(match.Value) ? WithContext(NeedsContext, text, match.Index, s_phoneWords) : 0)),
        PersonalDataKind.Pan => Matches(kind, Pan(), text, match => PanNumber.IsMatch(match.Value) ? WithContext(Likely, text, match.Index, s_panWords) : 0),
        PersonalDataKind.Aadhaar => Matches(kind, Aadhaar(), text, match => AadhaarNumber.IsMatch(match.Value) ? Certain : 0),
        PersonalDataKind.Card => Matches(kind, Card(), text, match => CardNumber.IsMatch(match.Value) && IsNoFiller(match.Value) ? Certain : 0),
        PersonalDataKind.Gstin => Matches(kind, Gstin(), text, match => GstinNumber.IsMatch(match.Value) ? Certain : 0),
        PersonalDataKind.IpAddress => Matches(kind, Version4(), text, match => IpAddressText.IsMatch(match.Value) ? Likely : 0)
            .Concat(Matches(kind, Version6(), text, match => match.Value.Any(char.IsAsciiHexDigit) && IpAddressText.IsMatch(match.Value) ? Certain : 0)),
        _ => [],
    };

    private static IEnumerable<PiiMatch> Matches(PersonalDataKind kind, Regex pattern, string text, Func<Match, double> confidence)
    {
        foreach (Match match in pattern.Matches(text))
        {
            double sure = IsPartOfLongerNumber(text, match) ? 0 : confidence(match);
            if (sure > 0)
            {
                yield return new PiiMatch(kind, match.Index, match.Value, sure);
            }
        }
    }

    /// <summary>The middle of a longer row of letters and digits is no number of its own.</summary>
    private static bool IsPartOfLongerNumber(string text, Match match) =>
        (match.Index > 0 && char.IsLetterOrDigit(text[match.Index - 1]) && char.IsLetterOrDigit(match.Value[0]))
        || (match.Index + match.Length < text.Length && char.IsLetterOrDigit(text[match.Index + match.Length]));

    private static double WithContext(double confidence, string text, int start, string[] words)
    {
        ReadOnlySpan<char> before = text.AsSpan(Math.Max(0, start - ContextReach), Math.Min(start, ContextReach));
        foreach (string word in words)
        {
            if (before.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return Math.Min(1, confidence + Context);
            }
        }

        return confidence;
    }

    /// <summary>4444 4444 4444 4444 passes the check and is nobody's card.</summary>
    private static bool IsNoFiller(string number) => number.Where(char.IsAsciiDigit).Distinct().Skip(1).Any();

    [GeneratedRegex(@"[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9_%+\-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}", RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"\+[1-9][0-9 \-().]{6,20}[0-9]", RegexOptions.NonBacktracking)]
    private static partial Regex International();

    [GeneratedRegex(@"(?:0|91[ \-]?)?[6-9][0-9]{4}[ \-]?[0-9]{5}", RegexOptions.NonBacktracking)]
    private static partial Regex Indian();

    [GeneratedRegex("[A-Z]{5}[0-9]{4}[A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex Pan();

    [GeneratedRegex("[2-9][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}", RegexOptions.NonBacktracking)]
    private static partial Regex Aadhaar();

    [GeneratedRegex("[2-68](?:[ -]?[0-9]){12,18}", RegexOptions.NonBacktracking)]
    private static partial Regex Card();

    [GeneratedRegex("[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex Gstin();

    [GeneratedRegex("[0-9]{1,3}(?:[.][0-9]{1,3}){3}", RegexOptions.NonBacktracking)]
    private static partial Regex Version4();

    [GeneratedRegex("[0-9A-Fa-f:]{2,39}", RegexOptions.NonBacktracking)]
    private static partial Regex Version6();
}
