using System.Text.Json;
using MlOps.Learning.Decomposition;
using MlOps.Learning.Tests.References;

namespace MlOps.Learning.Tests.Decomposition;

public sealed class PcaTests
{
    private static readonly Matrix Wine = PrepReferences.Matrix(PrepReferences.All.GetProperty("wine"));
    private static readonly JsonElement Reference = PrepReferences.All.GetProperty("pca");

    [Fact]
    public void Fit_Wine_EqualsScikitLearn()
    {
        // scikit-learn 1.2.1, full SVD; its signs are turned as ours are: largest coefficient positive.
        PcaModel model = new Pca(5).Fit(Wine);
        PcaModel whitened = new Pca(5, whiten: true).Fit(Wine);
        Matrix components = PrepReferences.Matrix(Reference.GetProperty("components"));
        double[] signs = [.. Enumerable.Range(0, 5).Select(c => components.Row(c).ToArray().MaxBy(Math.Abs) < 0 ? -1.0 : 1.0)];

        PrepReferences.Close(PrepReferences.Numbers(Reference.GetProperty("variance")), model.ExplainedVariance.ToArray(), 1e-12);
        PrepReferences.Close(PrepReferences.Numbers(Reference.GetProperty("ratio")), model.ExplainedVarianceRatio.ToArray(), 1e-12);
        for (int c = 0; c < 5; c++)
        {
            PrepReferences.Close([.. components.Row(c).ToArray().Select(value => signs[c] * value)], model.Components.Row(c), 1e-10);
        }

        int[] first = [.. Enumerable.Range(0, 20)];
        PrepReferences.Close(Turned(Reference.GetProperty("scores"), signs), model.Transform(Wine.Take(first)), 1e-10);
        PrepReferences.Close(Turned(Reference.GetProperty("whitened"), signs), whitened.Transform(Wine.Take(first)), 1e-10);
        PrepReferences.Close(PrepReferences.Matrix(Reference.GetProperty("inverse")), model.InverseTransform(model.Transform(Wine.Take([0, 1, 2, 3, 4]))), 1e-10);
        PrepReferences.Close(PrepReferences.Matrix(Reference.GetProperty("inverse")), whitened.InverseTransform(whitened.Transform(Wine.Take([0, 1, 2, 3, 4]))), 1e-10);
        Assert.Equal(Reference.GetProperty("for90").GetInt32(), Pca.Explaining(0.9).Fit(Wine).OutputNames.Count);
    }

    [Fact]
    public void Fit_FewerRowsThanFeatures_ExplainsEverythingToo()
    {
        // By definition: all components together lose nothing, and each has unit length and the variance of its scores.
        var random = new Random(3);
        var x = new Matrix(6, 40, [.. Enumerable.Range(0, 240).Select(_ => random.NextDouble())]);

        PcaModel model = new Pca().Fit(x);
        Matrix scores = model.Transform(x);

        Assert.Equal(1, model.ExplainedVarianceRatio.Sum(), 1e-12);
        PrepReferences.Close(x, model.InverseTransform(scores), 1e-10);
        for (int c = 0; c < 5; c++)
        {
            double[] column = scores.Column(c);
            Assert.Equal(model.ExplainedVariance[c], column.Sum(value => value * value) / 5, 1e-10);
        }

        for (int a = 0; a < 6; a++)
        {
            Assert.Equal(1, model.Components.Row(a).ToArray().Sum(value => value * value), 1e-12);
            Assert.Equal(0, Enumerable.Range(0, 40).Sum(j => model.Components[a, j] * model.Components[(a + 1) % 6, j]), 1e-10);
        }
    }

    [Fact]
    public void Fit_ManyRows_HasOrthogonalComponentsOfFallingVariance()
    {
        var random = new Random(4);
        var x = new Matrix(5000, 11, [.. Enumerable.Range(0, 55_000).Select(i => (1 + (i % 11)) * (random.NextDouble() - 0.5))]);

        PcaModel model = new Pca().Fit(x);

        for (int a = 0; a < 11; a++)
        {
            Assert.True(a == 0 || model.ExplainedVariance[a] <= model.ExplainedVariance[a - 1]);
            for (int b = 0; b < 11; b++)
            {
                Assert.Equal(a == b ? 1 : 0, Enumerable.Range(0, 11).Sum(j => model.Components[a, j] * model.Components[b, j]), 1e-12);
            }
        }

        PrepReferences.Close(x, model.InverseTransform(model.Transform(x)), 1e-10);
        Assert.Equal(model.Components.Values.ToArray(), new Pca().Fit(x).Components.Values.ToArray());
    }

    [Fact]
    public void Fit_BadInput_SaysWhatIsWrong()
    {
        var flat = new Matrix(3, 2, [1, 2, 1, 2, 1, 2]);
        var collinear = new Matrix(3, 2, [1, 1, 2, 2, 4, 4]);
        Assert.Contains("All columns are constant", Refusal(() => new Pca().Fit(flat)), StringComparison.Ordinal);
        Assert.Contains("Component 2 has no variance", Refusal(() => new Pca(2, whiten: true).Fit(collinear)), StringComparison.Ordinal);
        Assert.Equal(0, new Pca(2).Fit(collinear).ExplainedVariance[1], 1e-14);
        Assert.Contains("3 components need", Refusal(() => new Pca(3).Fit(collinear)), StringComparison.Ordinal);
        Assert.Contains("Row 0 has NaN", Refusal(() => new Pca().Fit(new Matrix(2, 1, [double.NaN, 1]))), StringComparison.Ordinal);
        Assert.Contains("fitted on 2 features", Refusal(() => new Pca(1).Fit(collinear).Transform(Wine)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pca(0));
        Assert.Equal("share", Assert.Throws<ArgumentOutOfRangeException>(() => Pca.Explaining(1)).ParamName);
    }

    private static Matrix Turned(JsonElement rows, double[] signs) =>
        Matrix.FromRows([.. rows.EnumerateArray().Select(row => PrepReferences.Numbers(row).Select((value, c) => signs[c] * value).ToArray())]);

    private static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
