using MlOps.Data;
using MlOps.Data.Identifiers;
using MlOps.Drift.Quality;

namespace MlOps.Drift.Tests.Quality;

public sealed class PersonalDataTests
{
    [Fact]
    public void Find_NamesAndValues_TellKindShareAndConfidence()
    {
        string[] mails = [.. Enumerable.Range(0, 20).Select(i => $"u{i}@example.in")];
        string[] aadhaar = [.. Enumerable.Range(0, 20).SelectMany(i => Enumerable.Range(0, 10).Select(d => $"5{i:00}67890123{d}")).Where(text => AadhaarNumber.IsMatch(text))];
        Assert.Equal(20, aadhaar.Length);
        var table = new Table(
            Column.Of("contact", mails),
            Column.Of("uid", [.. aadhaar.Select(text => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture))]),
            Column.Of("email", [.. mails.Select((text, i) => i == 0 ? text : "none")]),
            Column.Of("mobile_no", [.. Enumerable.Range(0, 20).Select(i => 9876543200L + i)]),
            Column.Of("ticket", [.. Enumerable.Range(0, 20).Select(i => 9876543200L + i)]),
            Column.Of("FirstName", [.. Enumerable.Repeat("Asha", 20)]),
            Column.Of("file_name", [.. Enumerable.Repeat("a.csv", 20)]),
            Column.Of("span", [.. Enumerable.Repeat(1.5, 20)]),
            Column.Of("amount", [.. Enumerable.Range(0, 20).Select(i => 581_000L + i)]));
        Assert.Equal(
            [
                new PersonalColumn("contact", PersonalDataKind.Email, 1, false, PersonalDataConfidence.High),
                new PersonalColumn("uid", PersonalDataKind.Aadhaar, 1, false, PersonalDataConfidence.High),
                new PersonalColumn("email", PersonalDataKind.Email, 0.05, true, PersonalDataConfidence.Medium),
                new PersonalColumn("mobile_no", PersonalDataKind.Phone, 1, true, PersonalDataConfidence.High),
                new PersonalColumn("ticket", PersonalDataKind.Phone, 1, false, PersonalDataConfidence.Medium),
                new PersonalColumn("FirstName", PersonalDataKind.Name, 0, true, PersonalDataConfidence.Medium),
            ],
            PersonalData.Find(table));
    }
}
