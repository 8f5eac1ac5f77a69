using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests;

public sealed class TrackingLimitsTests
{
    [Theory]
    [InlineData("loss")]
    [InlineData("val/loss at k:5 - été_2.0")]
    public void Key_AsMlflowAllows_IsAccepted(string key) => TrackingLimits.CheckMetric(new Metric(key, 1, 0));

    [Theory]
    [InlineData("")]
    [InlineData("/loss")]
    [InlineData("loss/")]
    [InlineData("a//b")]
    [InlineData("../b")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("loss\n")]
    [InlineData("a;DROP TABLE runs")]
    public void Key_ThatIsNoPath_IsRefused(string key) => Refused(() => TrackingLimits.CheckMetric(new Metric(key, 1, 0)));

    [Fact]
    public void Key_AtTheLimit_IsAcceptedAndOverItRefused()
    {
        TrackingLimits.CheckMetric(new Metric(new string('k', 250), 1, 0));
        Refused(() => TrackingLimits.CheckMetric(new Metric(new string('k', 251), 1, 0)));
    }

    [Fact]
    public void Values_OverTheLimit_AreCutAndNeverInsideACharacter()
    {
        Assert.Equal(6000, TrackingLimits.Checked(new Param("k", new string('x', 6001))).Value.Length);
        Assert.Equal(8000, TrackingLimits.Checked(new Tag("k", new string('x', 8001))).Value.Length);
        Assert.Equal(5999, TrackingLimits.Checked(new Param("k", new string('x', 5999) + "😀")).Value.Length);
    }

    [Theory]
    [InlineData("champion")]
    [InlineData("the_2nd-best")]
    public void Alias_Ordinary_IsAccepted(string alias) => TrackingLimits.CheckAlias(alias);

    [Theory]
    [InlineData("")]
    [InlineData("Latest")]
    [InlineData("v1")]
    [InlineData("V12")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public void Alias_ReservedOrMalformed_IsRefused(string alias) => Refused(() => TrackingLimits.CheckAlias(alias));

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2fb")]
    [InlineData("..")]
    [InlineData("")]
    public void ModelName_ThatIsNoFolder_IsRefused(string name) => Refused(() => TrackingLimits.CheckModelName(name));

    [Theory]
    [InlineData("eyJvZmZzZXQiOiA1MH0=", 50)] // Python: base64.b64encode(json.dumps({"offset": 50}).encode())
    [InlineData(null, 0)]
    public void PageToken_IsMlflows(string? token, long offset)
    {
        Assert.Equal(offset, PageToken.Read(token));
        Assert.Equal(token ?? PageToken.Of(0), PageToken.Of(offset));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("e30=")]
    [InlineData("eyJvZmZzZXQiOiAtMX0=")]
    public void PageToken_Bad_IsRefused(string token) => Refused(() => PageToken.Read(token));

    private static void Refused(Action action) => Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(action).Error);
}
