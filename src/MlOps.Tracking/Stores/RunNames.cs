using System.Globalization;
using System.Security.Cryptography;

namespace MlOps.Tracking.Stores;

/// <summary>Names for runs that nobody named: easier to say than 32 hexadecimal digits.</summary>
internal static class RunNames
{
    private static readonly string[] s_first =
    [
        "amber", "bold", "brisk", "calm", "clear", "copper", "eager", "early", "gentle", "golden", "green", "honest", "keen", "lively", "lucky", "mellow",
        "misty", "noble", "patient", "polite", "quick", "quiet", "rapid", "scarlet", "silver", "steady", "sunny", "tidy", "warm", "wise", "witty", "young",
    ];

    private static readonly string[] s_second =
    [
        "banyan", "bulbul", "cedar", "chital", "dolphin", "egret", "falcon", "gecko", "heron", "hoopoe", "ibex", "jackal", "kite", "langur", "lark", "lotus",
        "mango", "markhor", "myna", "neem", "otter", "owl", "panda", "peafowl", "pipit", "robin", "sal", "sarus", "tahr", "teak", "tiger", "wren",
    ];

    internal static string Invent() => string.Create(
        CultureInfo.InvariantCulture,
        $"{s_first[RandomNumberGenerator.GetInt32(s_first.Length)]}-{s_second[RandomNumberGenerator.GetInt32(s_second.Length)]}-{RandomNumberGenerator.GetInt32(1000)}");
}
