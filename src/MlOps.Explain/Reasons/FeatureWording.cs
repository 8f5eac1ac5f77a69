using System.Globalization;

namespace MlOps.Explain.Reasons;

/// <summary>How to speak of one feature to a person who is not at home with data.</summary>
/// <param name="Name">Its name as the person would say it, with a small letter: <c>monthly income</c>.</param>
public sealed record FeatureWording(string Name)
{
    /// <summary>Gets what stands behind a number: <c>rupees</c>.</summary>
    /// <value>Empty.</value>
    public string Unit { get; init; } = "";

    /// <summary>Gets the .NET format of a number.</summary>
    /// <value><c>#,0.##</c>.</value>
    public string Format { get; init; } = "#,0.##";

    /// <summary>Gets what to say when the value is above what half of the others have: <c>This is more debt than most applicants have</c>.</summary>
    /// <value>null: the two numbers are said side by side.</value>
    public string? WhenHigh { get; init; }

    /// <summary>Gets what to say when the value is below what half of the others have.</summary>
    /// <value>null: the two numbers are said side by side.</value>
    public string? WhenLow { get; init; }

    /// <summary>Gets other words for the feature's texts: <c>owns_house → owner of a house</c>.</summary>
    /// <value>Empty: the texts as they are.</value>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets whether the feature tells who somebody is (gender, caste, religion, …) or stands for it. It is never advised to change, and a letter that names it carries a warning for the sender.</summary>
    /// <value>false.</value>
    public bool IsSensitive { get; init; }

    /// <summary>Gets whether a person can do something about it. If not, no advice names it.</summary>
    /// <value>true.</value>
    public bool CanChange { get; init; } = true;

    /// <summary>Writes a value in words; <paramref name="text"/> is how the model shows it.</summary>
    internal string Say(double value, string text)
    {
        if (Texts.TryGetValue(text, out string? words))
        {
            return words;
        }

        bool isNumber = IsNumber(value, text);
        string said = isNumber ? value.ToString(Format, CultureInfo.InvariantCulture) : text;
        return isNumber && Unit.Length > 0 ? $"{said} {Unit}" : said;
    }

    /// <summary>Whether a text shows its number; <c>411001</c> may also be the name of the third PIN code.</summary>
    internal static bool IsNumber(double value, string text)
    {
        const double Rounding = 1e-4; // features are shown with four digits
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double shown) && Math.Abs(shown - value) <= Rounding * Math.Max(1, Math.Abs(value));
    }
}
