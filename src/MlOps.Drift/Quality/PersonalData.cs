using System.Globalization;
using MlOps.Data.Identifiers;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Finds the columns of a table that hold personal data, by their names and by the looks of their values. It only flags them.</summary>
/// <remarks>
/// <para>A column is flagged for the kind that its name speaks of, or that at least 5 % of its values look like (50 % where only a check digit tells it from
/// another number: Aadhaar, card; 80 % where chance alone produces the look: telephone numbers without <c>+</c>). Of several kinds the one with the largest share is told.</para>
/// <para><b>Confidence.</b> High: the name matches and half of the values do, or 90 % of the values have a shape that chance does not produce (not telephone numbers).
/// Medium: the values alone, or a name of a kind that only names tell. Low: the name matches, the values do not.</para>
/// <para>A recogniser of shapes: a flag is no proof, and no flag is none either. Texts that hold personal data among other words are not found.</para>
/// </remarks>
public static class PersonalData
{
    private const double Few = 0.05;
    private const double Half = 0.5;
    private const double Most = 0.8;
    private const double NearlyAll = 0.9;

    private static readonly (PersonalDataKind Kind, Func<string, bool> IsMatch, double Least)[] s_detectors =
    [
        (PersonalDataKind.Email, text => EmailAddress.IsMatch(text), Few),
        (PersonalDataKind.Gstin, text => GstinNumber.IsMatch(text), Few),
        (PersonalDataKind.Pan, text => PanNumber.IsMatch(text), Few),
        (PersonalDataKind.IpAddress, text => IpAddressText.IsMatch(text), Few),
        (PersonalDataKind.Card, text => CardNumber.IsMatch(text), Half),
        (PersonalDataKind.Aadhaar, text => AadhaarNumber.IsMatch(text), Half),
        (PersonalDataKind.Phone, text => PhoneNumber.IsMatch(text), Most),
    ];

    /// <summary>Flags columns. Text and whole numbers are looked at by value; other columns by name.</summary>
    /// <returns>One entry a flagged column, in the order of the table.</returns>
    public static IReadOnlyList<PersonalColumn> Find(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. table.Columns.Select(Judge).OfType<PersonalColumn>()];
    }

    private static PersonalColumn? Judge(Column column)
    {
        PersonalDataKind? named = PersonalDataKinds.OfColumn(column.Name);
        double[] shares = Shares(column);
        double ofName = 0;
        int best = -1;
        for (int i = 0; i < shares.Length; i++)
        {
            ofName = s_detectors[i].Kind == named ? shares[i] : ofName;
            bool enough = shares[i] >= s_detectors[i].Least && shares[i] > 0;
            best = enough && (best < 0 || shares[i] > shares[best]) ? i : best;
        }

        if (best >= 0 && s_detectors[best].Kind != named && shares[best] > ofName)
        {
            PersonalDataKind kind = s_detectors[best].Kind;
            bool sure = kind != PersonalDataKind.Phone && shares[best] >= NearlyAll;
            return new PersonalColumn(column.Name, kind, shares[best], NameMatches: false, sure ? PersonalDataConfidence.High : PersonalDataConfidence.Medium);
        }

        if (named is not { } byName)
        {
            return null;
        }

        bool onlyNamed = !s_detectors.Any(detector => detector.Kind == byName);
        PersonalDataConfidence confidence = ofName >= Half ? PersonalDataConfidence.High : onlyNamed || ofName >= Few ? PersonalDataConfidence.Medium : PersonalDataConfidence.Low;
        return new PersonalColumn(column.Name, byName, ofName, NameMatches: true, confidence);
    }

    /// <summary>The share of present values that each detector knows.</summary>
    private static double[] Shares(Column column)
    {
        double[] shares = new double[s_detectors.Length];
        int present = column.Count - column.MissingCount;
        if (present == 0)
        {
            return shares;
        }

        (string Text, int Count)[] values = column switch
        {
            StringColumn texts => Levels(texts),
            Column<long> whole => [.. whole.Present().Select(value => (value.ToString(CultureInfo.InvariantCulture), 1))],
            _ => [],
        };
        for (int i = 0; i < shares.Length; i++)
        {
            long matching = 0;
            foreach ((string text, int count) in values)
            {
                matching += s_detectors[i].IsMatch(text) ? count : 0;
            }

            shares[i] = (double)matching / present;
        }

        return shares;
    }

    private static (string Text, int Count)[] Levels(StringColumn texts)
    {
        int[] counts = new int[texts.Levels.Length];
        foreach (int code in texts.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        return [.. counts.Select((count, code) => (Count: count, Code: code)).Where(level => level.Count > 0).Select(level => (texts.Levels[level.Code], level.Count))];
    }
}
