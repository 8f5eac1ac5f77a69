using MlOps.Data;
using MlOps.Fairness.Internals;

namespace MlOps.Fairness.Tests.Internals;

public sealed class FeatureEncodingTests
{
    private static readonly Table s_table = new(
        Column.Of("age", 1.0, 3.0, double.NaN),
        Column.Of("city", new[] { "b", null, "a" }),
        Column.Of("member", true, false, true),
        Column.Of("flat", 7L, 7L, 7L));

    [Fact]
    public void Encode_EveryKind_AsByHand()
    {
        var encoding = FeatureEncoding.Fit(s_table, ["age", "city", "member", "flat"]);

        Assert.Equal(["age", "age missing", "city=a", "city=b", "city missing", "member=false", "member=true", "flat"], encoding.Names);
        Assert.Equal("city", encoding.Sources[3]);
        Assert.Equal(
            [-1, 0, 0, 1, 0, 0, 1, 0,
             1, 0, 0, 0, 1, 1, 0, 0,
             0, 1, 1, 0, 0, 0, 1, 0], encoding.Encode(s_table));
    }

    [Fact]
    public void Encode_ValueNeverSeen_IsZeroEverywhere()
    {
        var encoding = FeatureEncoding.Fit(s_table, ["city"]);

        Assert.Equal([0, 0, 0], encoding.Encode(new Table(Column.Of("city", "z"))));
    }

    [Fact]
    public void Encode_OtherKind_NamesTheColumn()
    {
        var encoding = FeatureEncoding.Fit(s_table, ["age"]);

        Assert.Contains("'age'", Assert.Throws<ArgumentException>(() => encoding.Encode(new Table(Column.Of("age", "x")))).Message, StringComparison.Ordinal);
    }
}
