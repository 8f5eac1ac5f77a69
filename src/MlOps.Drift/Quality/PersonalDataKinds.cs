using MlOps.Data.Identifiers;

namespace MlOps.Drift.Quality;

/// <summary>The names of kinds in rules and reports, and how columns that hold them are called.</summary>
internal static class PersonalDataKinds
{
    private static readonly (PersonalDataKind Kind, string[] Words)[] s_columnNames =
    [
        (PersonalDataKind.Email, ["email", "e_mail", "mail", "mail_address", "email_address"]),
        (PersonalDataKind.Phone, ["phone", "mobile", "telephone", "tel", "cell", "whatsapp", "phone_number", "mobile_number", "mobile_no", "phone_no", "contact_number", "contact_no"]),
        (PersonalDataKind.Pan, ["pan", "pan_number", "pan_no", "pan_card"]),
        (PersonalDataKind.Aadhaar, ["aadhaar", "aadhar", "uidai", "aadhaar_number", "aadhaar_no"]),
        (PersonalDataKind.Card, ["card_number", "card_no", "credit_card", "debit_card", "creditcard", "cc_number"]),
        (PersonalDataKind.Gstin, ["gstin", "gst_number", "gst_no", "gst_in"]),
        (PersonalDataKind.IpAddress, ["ip", "ip_address", "ip_addr", "ipaddress", "client_ip", "remote_addr"]),
        (PersonalDataKind.Name, ["name", "full_name", "fullname", "first_name", "firstname", "last_name", "lastname", "middle_name", "surname", "given_name", "family_name", "customer_name", "applicant_name", "borrower_name", "father_name", "mother_name", "spouse_name", "person_name", "employee_name", "patient_name", "nominee_name"]),
        (PersonalDataKind.BirthDate, ["dob", "birth_date", "birthdate", "birthday", "date_of_birth", "born_on"]),
        (PersonalDataKind.Address, ["address", "street", "street_address", "home_address", "postal_address", "residence", "address_line"]),
    ];

    internal static IReadOnlyList<string> Names { get; } =
        ["email", "phone", "pan", "aadhaar", "card", "gstin", "ip_address", "name", "birth_date", "address"];

    internal static string Name(PersonalDataKind kind) => Names[(int)kind];

    /// <summary>The kind that a column's name speaks of: <c>Applicant-Email</c>, <c>mobileNo2</c>; null for most.</summary>
    internal static PersonalDataKind? OfColumn(string name)
    {
        string[] parts = Parts(name);
        PersonalDataKind? found = null;
        int longest = 0;
        foreach ((PersonalDataKind kind, string[] words) in s_columnNames)
        {
            foreach (string word in words)
            {
                string[] wanted = word.Split('_');
                // "name" alone is a person's only where it is the whole name: file_name and city_name are none.
                bool matches = word == "name" ? parts is ["name"] : Ends(parts, wanted) || (wanted.Length > 1 && Begins(parts, wanted));
                if (matches && word.Length > longest)
                {
                    (found, longest) = (kind, word.Length);
                }
            }
        }

        return found;
    }

    private static bool Ends(string[] parts, string[] wanted) => parts.Length >= wanted.Length && parts.AsSpan(parts.Length - wanted.Length).SequenceEqual(wanted);

    private static bool Begins(string[] parts, string[] wanted) => parts.Length >= wanted.Length && parts.AsSpan(0, wanted.Length).SequenceEqual(wanted);

    /// <summary>The words of a name in small letters, digits at the end left out.</summary>
    private static string[] Parts(string name)
    {
        var words = new List<string>();
        var word = new System.Text.StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool begins = char.IsUpper(name[i]) && i > 0 && char.IsLower(name[i - 1]);
            if (!char.IsLetter(name[i]) || begins)
            {
                Close();
            }

            if (char.IsLetter(name[i]))
            {
                word.Append(char.ToLowerInvariant(name[i]));
            }
        }

        Close();
        return [.. words];

        void Close()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }
}
