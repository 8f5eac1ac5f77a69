using MlOps.Data;
using MlOps.Data.Identifiers;
using MlOps.Fairness.Privacy;

namespace MlOps.Fairness.Tests.Privacy;

public sealed class PiiTests
{
    private static readonly PiiDetector s_detector = new();
    private static readonly string s_aadhaar = PrivacyReference.Root.GetProperty("verhoeff").EnumerateArray().Select(number => number.GetString()!).First(number => number[0] >= '2');

    [Theory]
    [InlineData("write to asha.rao@example.org.", PersonalDataKind.Email, "asha.rao@example.org")]
    [InlineData("phone 98450 12345", PersonalDataKind.Phone, "98450 12345")]
    [InlineData("ring +44 20 7946 0958 today", PersonalDataKind.Phone, "+44 20 7946 0958")]
    [InlineData("PAN ABCPE1234F", PersonalDataKind.Pan, "ABCPE1234F")]
    [InlineData("card 4111-1111-1111-1111", PersonalDataKind.Card, "4111-1111-1111-1111")]
    [InlineData("GST 27AAPFU0939F1ZV", PersonalDataKind.Gstin, "27AAPFU0939F1ZV")]
    [InlineData("from 192.168.10.254", PersonalDataKind.IpAddress, "192.168.10.254")]
    [InlineData("from 2001:db8::8a2e:370:7334", PersonalDataKind.IpAddress, "2001:db8::8a2e:370:7334")]
    [InlineData("Dear Priya Nair,", PersonalDataKind.Name, "Priya Nair")]
    public void Find_OneOfEachKind(string text, PersonalDataKind kind, string found)
    {
        PiiMatch match = Assert.Single(s_detector.Find(text));

        Assert.Equal((kind, found), (match.Kind, match.Text));
        Assert.Equal(found, text[match.Start..match.End]);
    }

    [Fact]
    public void Find_Aadhaar_NeedsTheCheckDigit()
    {
        string spaced = $"{s_aadhaar[..4]} {s_aadhaar[4..8]} {s_aadhaar[8..]}";
        string wrong = s_aadhaar[..11] + (char)('0' + ((s_aadhaar[11] - '0' + 1) % 10));

        Assert.Equal(PersonalDataKind.Aadhaar, Assert.Single(s_detector.Find($"no. {spaced}")).Kind);
        Assert.DoesNotContain(s_detector.Find($"no. {wrong}"), match => match.Kind == PersonalDataKind.Aadhaar);
    }

    // The script makes the check digits without tables, by composing maps x → s·x + r of the dihedral group.
    [Fact]
    public void Find_AadhaarNumbersOfAnotherImplementation_AllFound() => Assert.All(
        PrivacyReference.Root.GetProperty("verhoeff").EnumerateArray().Select(number => number.GetString()!).Where(number => number[0] >= '2'),
        number => Assert.Equal(PersonalDataKind.Aadhaar, Assert.Single(s_detector.Find(number)).Kind));

    [Fact]
    public void Constructor_KindWithoutAShape_Throws() =>
        Assert.Throws<ArgumentException>(() => new PiiDetector(new PiiOptions { Kinds = [PersonalDataKind.Address] }));

    [Theory]
    [InlineData("order 4111111111111112")] // Luhn fails
    [InlineData("version 1.2.3")]
    [InlineData("300.1.1.1 is no address")]
    [InlineData("a@b")]
    [InlineData("total 9845012345 units")] // ten digits without a word that announces a telephone
    [InlineData("ratio 12:30:45")]
    [InlineData("ABCDE1234F")] // D is no kind of holder
    [InlineData("the will of the people")]
    [InlineData("0000 0000 0000 0000")]
    [InlineData("4444 4444 4444 4449")] // Luhn fails
    [InlineData("7000000000000005")] // no issuer of payment cards
    [InlineData("")]
    public void Find_WhatOnlyLooksLikeIt_IsLeftAlone(string text) => Assert.Empty(s_detector.Find(text));

    [Fact]
    public void Find_InsideALongerNumber_IsNoMatch() => Assert.DoesNotContain(s_detector.Find("id 88411111111111111199887"), match => match.Text == "4111111111111111");

    [Fact]
    public void Find_GstinContainsAPan_OneMatchRemains() => Assert.Equal(PersonalDataKind.Gstin, Assert.Single(s_detector.Find("27AAPFU0939F1ZV")).Kind);

    [Fact]
    public void Find_OwnNames_WholeWordsOnly()
    {
        var detector = new PiiDetector(new PiiOptions { Names = ["Ann Lee"], Kinds = [PersonalDataKind.Name] });

        Assert.Equal("Ann Lee", Assert.Single(detector.Find("Then Ann Lee met Annabel Leeson.")).Text);
        Assert.Equal("ANN LEE", Assert.Single(detector.Find("FROM ANN LEE")).Text);
        Assert.Empty(detector.Find("Ann, Lee"));
    }

    [Fact]
    public void Mask_EveryStyle()
    {
        const string Text = "Mail asha@example.org or call 98450 12345.";

        Assert.Equal("Mail [email] or call [phone].", s_detector.Mask(Text));
        Assert.Equal("Mail  or call .", s_detector.Mask(Text, Masking.Remove));
        Assert.Equal("Mail ****@*******.org or call ***** **345.", s_detector.Mask(Text, Masking.KeepEnd(3)));
    }

    [Fact]
    public void Pseudonym_SamePersonSameName_OtherKeyOtherName()
    {
        var first = Masking.Pseudonym([.. Enumerable.Range(0, 16).Select(i => (byte)i)]);
        var second = Masking.Pseudonym([.. Enumerable.Range(1, 16).Select(i => (byte)i)]);

        Assert.Equal(s_detector.Mask("call 98450 12345", first), s_detector.Mask("call 9845012345", first));
        Assert.NotEqual(s_detector.Mask("call 98450 12345", first), s_detector.Mask("call 98450 12345", second));
        Assert.DoesNotContain("98450", s_detector.Mask("call 98450 12345", first));
        Assert.Throws<ArgumentException>(() => Masking.Pseudonym([1, 2, 3]));
    }

    [Fact]
    public void Scan_Table_NamesColumnsAndHidesExamples()
    {
        var table = new Table(
            Column.Of("note", new[] { "fine", "mail asha@example.org", null, "mail ravi@example.org" }),
            Column.Of("mobile", new[] { 9845012345, 9845012346, 9845012347, 9845012348 }),
            Column.Of("amount", new[] { 10L, 20L, 30L, 40L }));
        PiiReport report = s_detector.Scan(table);

        Assert.Equal([("note", PersonalDataKind.Email, 2, 0.5), ("mobile", PersonalDataKind.Phone, 4, 1.0)], report.Findings.Select(finding => (finding.Column, finding.Kind, finding.Rows, finding.Share)));
        Assert.DoesNotContain("asha", report.ToString());
        Assert.DoesNotContain("asha", report.ToMimeBundle()["text/html"]);
        Assert.Contains("2 columns", report.ToString());
    }

    [Fact]
    public void Mask_Table_KeepsMissingAndNumbers()
    {
        var table = new Table(Column.Of("note", new[] { "mail asha@example.org", null }), Column.Of("n", new[] { 1L, 2L }));
        Table masked = s_detector.Mask(table);

        Assert.Equal(["mail [email]", null], masked.Texts("note").AsEnumerable());
        Assert.Equal([1, 2], masked.Numbers("n"));
    }

    // A shape that makes backtracking engines run for ages must not.
    [Fact]
    public void Find_HostileText_Ends() => Assert.NotNull(s_detector.Find(new string('a', 20_000) + "@" + string.Concat(Enumerable.Repeat("a.", 20_000)) + " " + string.Concat(Enumerable.Repeat("4 ", 20_000))));
}
