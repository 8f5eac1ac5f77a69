using System.Security.Cryptography;
using System.Text;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Tests;

public sealed class PromotionEntryTests
{
    private static readonly PromotionDraft s_draft = new("credit", PromotionAction.AliasSet, "champion", 2, 1, new PromotionNote("asha", "beats 1 by é", "{}"));

    [Fact]
    public void Next_First_HashesEveryFieldBehindItsLength()
    {
        PromotionEntry entry = PromotionEntry.Next(s_draft, last: null, time: 1700000000000);
        string text = "1:1" + "13:1700000000000" + "6:credit" + "8:AliasSet" + "8:champion" + "1:2" + "1:1" + "4:asha" + "13:beats 1 by é" + "2:{}" + "64:" + new string('0', 64);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), entry.Hash);
    }

    [Fact]
    public void Next_Second_IsTiedToTheFirst()
    {
        PromotionEntry first = PromotionEntry.Next(s_draft, last: null, time: 1);
        PromotionEntry second = PromotionEntry.Next(s_draft with { Version = null }, first, time: 2);
        Assert.Equal((2L, first.Hash), (second.Number, second.PreviousHash));
        Assert.NotEqual(first.Hash, (first with { Reason = "another" }).ComputeHash());
    }
}
