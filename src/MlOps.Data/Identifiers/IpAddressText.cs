using System.Net;
using System.Net.Sockets;

namespace MlOps.Data.Identifiers;

/// <summary>Recognises IP addresses as text.</summary>
public static class IpAddressText
{
    /// <summary>Returns whether a text is an IPv4 address of four decimal numbers, or an IPv6 address with at least two colons.</summary>
    /// <remarks>What some programs also read as an address, such as the number 1 or 10.1, is none here.</remarks>
    public static bool IsMatch(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return IPAddress.TryParse(text, out IPAddress? address)
            && (address.AddressFamily == AddressFamily.InterNetwork ? IsDotted(text) : text.Count(':') >= 2 && text[0] != '[');
    }

    private static bool IsDotted(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (!char.IsAsciiDigit(letter) && letter != '.')
            {
                return false;
            }
        }

        return text.Count('.') == 3;
    }
}
