using MlOps.Data.Identifiers;

namespace MlOps.Fairness.Privacy;

/// <summary>What to look for.</summary>
public sealed record PiiOptions
{
    /// <summary>Gets the kinds to look for; by default all but dates of birth and addresses, which have no shape to be found by.</summary>
    public IReadOnlyList<PersonalDataKind> Kinds { get; init; } =
    [
        PersonalDataKind.Email, PersonalDataKind.Phone, PersonalDataKind.Pan, PersonalDataKind.Aadhaar, PersonalDataKind.Card, PersonalDataKind.Gstin, PersonalDataKind.IpAddress, PersonalDataKind.Name,
    ];

    /// <summary>Gets the names to look for, each one word or several; <see cref="CommonNames.All"/> by default. A name must begin with a capital in the text, unless all of the text is in capitals or none is.</summary>
    public IReadOnlyList<string> Names { get; init; } = CommonNames.All;

    /// <summary>Gets the confidence from which a match counts, in [0, 1]. 0.4 by default: a bare ten-digit number needs a word such as "phone" near it.</summary>
    public double MinimumConfidence { get; init; } = 0.4;
}
