namespace MlOps.Data.Identifiers;

/// <summary>Recognises e-mail addresses.</summary>
public static class EmailAddress
{
    private const int LongestLocalPart = 64; // RFC 5321, 4.5.3.1.1
    private const int LongestDomain = 255;

    /// <summary>Returns whether a text is an address: <c>name@host.domain</c>, ASCII letters, digits and <c>.!#$%&amp;'*+/=?^_`{|}~-</c> before the @, a domain with a dot behind it.</summary>
    /// <remarks>Quoted names and addresses of IP form, which mail servers hardly accept, are not recognised; international domains only in their xn-- form.</remarks>
    public static bool IsMatch(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        int at = text.IndexOf('@');
        if (at is < 1 or > LongestLocalPart || text.Length - at - 1 > LongestDomain)
        {
            return false;
        }

        ReadOnlySpan<char> local = text[..at];
        foreach (char letter in local)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && !".!#$%&'*+/=?^_`{|}~-".Contains(letter))
            {
                return false;
            }
        }

        return local[0] != '.' && local[^1] != '.' && local.IndexOf("..") < 0 && IsDomain(text[(at + 1)..]);
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        int labels = 0;
        foreach (Range range in domain.Split('.'))
        {
            ReadOnlySpan<char> label = domain[range];
            labels++;
            if (label.IsEmpty || label.Length > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (char letter in label)
            {
                if (!char.IsAsciiLetterOrDigit(letter) && letter != '-')
                {
                    return false;
                }
            }
        }

        return labels > 1 && char.IsAsciiLetter(domain[^1]); // a domain never ends in a number: 1.2.3.4 is an IP address
    }
}
