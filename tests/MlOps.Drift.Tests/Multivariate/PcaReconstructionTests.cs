using MlOps.Drift.Multivariate;

namespace MlOps.Drift.Tests.Multivariate;

public sealed class PcaReconstructionTests
{
    public static TheoryData<int> Cases() => new(Enumerable.Range(0, MultivariateReferences.Cases.Count));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Measure_RealRows_EqualsScikitLearn(int index)
    {
        MultivariateReferences.Case c = MultivariateReferences.Cases[index];

        PcaReconstruction pca = PcaReconstruction.Measure(c.Reference, c.Current, c.Width, c.Share);

        Assert.Equal(c.Pca.Components, pca.Components);
        References.AssertClose(c.Pca.Explained, pca.ExplainedShare, "explained");
        References.AssertClose(c.Pca.Reference, pca.ReferenceError, "reference error");
        References.AssertClose(c.Pca.Current, pca.CurrentError, "current error");
        References.AssertClose(c.Pca.Low, pca.Low, "low");
        References.AssertClose(c.Pca.High, pca.High, "high");
        References.AssertClose(c.Pca.Ks, pca.Errors.Statistic, "KS of the errors");
    }

    [Fact]
    public void Measure_LostCorrelation_RaisesTheError()
    {
        double[] together = DomainClassifierTests.Pairs(1, 1000, 0.9);

        PcaReconstruction quiet = PcaReconstruction.Measure(together, DomainClassifierTests.Pairs(2, 1000, 0.9), 2);
        PcaReconstruction lost = PcaReconstruction.Measure(together, DomainClassifierTests.Pairs(3, 1000, 0), 2);

        Assert.False(quiet.Drift);
        Assert.True(lost.Drift && lost.CurrentError > 2 * lost.ReferenceError);
    }

    [Fact]
    public void Measure_OneConstantColumn_IsOnlyCentred() =>
        Assert.Equal(0, PcaReconstruction.Measure([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 7.0 : i)], [7, 3], 2).ReferenceError, 1e-9);

    [Theory]
    [InlineData(0, "varianceShare")]
    [InlineData(1, "varianceShare")]
    public void Measure_ShareOutside_Throws(double share, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => PcaReconstruction.Measure(new double[40], new double[2], 2, share)).ParamName);

    [Fact]
    public void Measure_AllConstant_Throws() =>
        Assert.Contains("constant", Assert.Throws<ArgumentException>(() => PcaReconstruction.Measure(new double[40], new double[2], 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void Measure_FewRows_SaysHowManyAreNeeded() =>
        Assert.Contains("At least 20 rows", Assert.Throws<ArgumentException>(() => PcaReconstruction.Measure(new double[38], new double[2], 2)).Message, StringComparison.Ordinal);
}
