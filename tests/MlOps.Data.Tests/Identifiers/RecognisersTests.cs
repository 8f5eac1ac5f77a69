using MlOps.Data.Identifiers;

namespace MlOps.Data.Tests.Identifiers;

public sealed class RecognisersTests
{
    [Theory]
    [InlineData("a@b.in", true)]
    [InlineData(" first.last+tag@mail.example.co.in ", true)]
    [InlineData("x@xn--bcher-kva.example", true)]
    [InlineData("a@b", false)]
    [InlineData("@b.in", false)]
    [InlineData("a..b@c.in", false)]
    [InlineData("a b@c.in", false)]
    [InlineData("a@1.2.3.4", false)]
    [InlineData("a@b.in@c.in", false)]
    [InlineData("", false)]
    public void Email(string text, bool matches) => Assert.Equal(matches, EmailAddress.IsMatch(text));

    [Theory]
    [InlineData("9876543210", true)]
    [InlineData("098765-43210", true)]
    [InlineData("+91 98765 43210", true)]
    [InlineData("+49 (30) 1234-5678", true)]
    [InlineData("+91 12345 67890", false)] // no Indian mobile number
    [InlineData("5876543210", false)]
    [InlineData("98765432101", false)]
    [InlineData("+123", false)]
    [InlineData("581000", false)]
    [InlineData("", false)]
    public void Phone(string text, bool matches) => Assert.Equal(matches, PhoneNumber.IsMatch(text));

    [Theory]
    [InlineData("ABCPE1234F", true)]
    [InlineData("abcpe1234f", true)]
    [InlineData("ABCDE1234F", false)] // D holds no number
    [InlineData("ABCPE12345", false)]
    public void Pan(string text, bool matches) => Assert.Equal(matches, PanNumber.IsMatch(text));

    [Theory]
    [InlineData("27AAPFU0939F1ZV", true)] // the worked example of GST guides
    [InlineData("27AAPFU0939F1ZW", false)]
    [InlineData("77AAPFU0939F1ZV", false)]
    public void Gstin(string text, bool matches) => Assert.Equal(matches, GstinNumber.IsMatch(text));

    [Theory]
    [InlineData("4111 1111 1111 1111", true)] // issuers' published test numbers
    [InlineData("5555555555554444", true)]
    [InlineData("378282246310005", true)]
    [InlineData("4111111111111112", false)]
    [InlineData("1234567812345670", false)] // right check digit, no issuer of payment cards
    [InlineData("79927398713", false)]
    public void Card(string text, bool matches) => Assert.Equal(matches, CardNumber.IsMatch(text));

    [Theory]
    [InlineData("192.168.1.10", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("10.1", false)]
    [InlineData("1", false)]
    [InlineData("256.1.1.1", false)]
    [InlineData("12:30", false)]
    public void IpAddress(string text, bool matches) => Assert.Equal(matches, IpAddressText.IsMatch(text));

    [Fact]
    public void Luhn_PublishedExample_Holds()
    {
        Assert.True(CheckDigits.Luhn("79927398713")); // ISO/IEC 7812-1's usual worked example
        Assert.False(CheckDigits.Luhn("79927398710"));
        Assert.False(CheckDigits.Luhn(""));
    }

    [Fact]
    public void Verhoeff_PublishedExampleAndItsPromises_Hold()
    {
        Assert.True(CheckDigits.Verhoeff("2363")); // 236 with check digit 3, the usual worked example
        foreach (string number in (string[])["2363", "234567890124", "758722"])
        {
            string valid = Enumerable.Range(0, 10).Select(digit => number[..^1] + digit).Single(text => CheckDigits.Verhoeff(text));
            for (int i = 0; i < valid.Length; i++)
            {
                for (char digit = '0'; digit <= '9'; digit++)
                {
                    Assert.Equal(digit == valid[i], CheckDigits.Verhoeff(valid[..i] + digit + valid[(i + 1)..])); // every wrong digit
                }

                if (i > 0 && valid[i] != valid[i - 1])
                {
                    Assert.False(CheckDigits.Verhoeff(valid[..(i - 1)] + valid[i] + valid[i - 1] + valid[(i + 1)..])); // every swap of neighbours
                }
            }
        }
    }

    [Fact]
    public void Aadhaar_CheckDigitFirstDigitAndBlanks()
    {
        string valid = Enumerable.Range(0, 10).Select(digit => $"23456789012{digit}").Single(text => CheckDigits.Verhoeff(text));
        Assert.True(AadhaarNumber.IsMatch(valid));
        Assert.True(AadhaarNumber.IsMatch($"{valid[..4]} {valid[4..8]}-{valid[8..]}"));
        Assert.False(AadhaarNumber.IsMatch(valid.AsSpan(0, 11)));
        string one = Enumerable.Range(0, 10).Select(digit => $"13456789012{digit}").Single(text => CheckDigits.Verhoeff(text));
        Assert.False(AadhaarNumber.IsMatch(one));
    }
}
