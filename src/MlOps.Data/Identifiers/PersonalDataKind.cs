namespace MlOps.Data.Identifiers;

/// <summary>A kind of personal data. Each has a detector of its own that says whether a text looks like it.</summary>
public enum PersonalDataKind
{
    /// <summary>An e-mail address; see <see cref="EmailAddress"/>.</summary>
    Email,

    /// <summary>A telephone number, Indian or international; see <see cref="PhoneNumber"/>.</summary>
    Phone,

    /// <summary>An Indian permanent account number (tax); see <see cref="PanNumber"/>.</summary>
    Pan,

    /// <summary>An Indian Aadhaar number; see <see cref="AadhaarNumber"/>.</summary>
    Aadhaar,

    /// <summary>The number of a payment card; see <see cref="CardNumber"/>.</summary>
    Card,

    /// <summary>An Indian goods and services tax number, which holds the PAN of a person or firm; see <see cref="GstinNumber"/>.</summary>
    Gstin,

    /// <summary>An IP address; see <see cref="IpAddressText"/>.</summary>
    IpAddress,

    /// <summary>The name of a person; recognised by the column's name only.</summary>
    Name,

    /// <summary>A date of birth; recognised by the column's name only.</summary>
    BirthDate,

    /// <summary>A postal address; recognised by the column's name only.</summary>
    Address,
}
