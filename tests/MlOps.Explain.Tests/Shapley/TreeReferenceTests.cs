using System.Text.Json;
using MlOps.Explain.Shapley;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Shapley;

/// <summary>Against XGBoost 1.7.4's own tree SHAP and scikit-learn 1.2.1's trees with brute force in Python (References/tree/make_tree.py).</summary>
public sealed class TreeReferenceTests
{
    private const double XgboostSingle = 2e-6; // it computes in single precision
    private const double Exact = 1e-12;

    private static readonly JsonElement s_all = Load();

    [Fact]
    public void Explain_XgboostDump_EqualsPredContribs()
    {
        JsonElement reference = s_all.GetProperty("xgboost");
        Explanations found = Xgboost(reference).Explain(Rows(reference, "rows"));

        double[][] expected = Numbers(reference.GetProperty("contributions"));
        for (int i = 0; i < expected.Length; i++)
        {
            AssertClose(expected[i][..^1], found.Amounts.Row(i).ToArray(), XgboostSingle);
            Assert.Equal(expected[i][^1], found.BaseValue, XgboostSingle); // the last column is the bias
        }
    }

    [Fact]
    public void Interactions_XgboostDump_EqualPredInteractions()
    {
        JsonElement reference = s_all.GetProperty("xgboost");
        Matrix rows = Rows(reference, "rows");
        ShapInteractions found = Xgboost(reference).Interactions(rows);

        JsonElement[] expected = [.. reference.GetProperty("interactions").EnumerateArray()];
        for (int i = 0; i < expected.Length; i++)
        {
            double[][] pairs = Numbers(expected[i]);
            for (int f = 0; f < rows.ColumnCount; f++)
            {
                AssertClose(pairs[f][..^1], found[i].Row(f).ToArray(), XgboostSingle);
            }
        }
    }

    [Fact]
    public void Explain_SklearnForest_EqualsBruteForceInPython()
    {
        JsonElement reference = s_all.GetProperty("sklearn");
        PlainNode[][] trees = PlainTree.Read(reference.GetProperty("trees"));
        var file = PlainTree.ToOnnx(trees, 5, factor: 1.0 / trees.Length);
        Matrix rows = Rows(reference, "rows");

        AssertEquals(reference, "path", TreeShap.Of(file).Explain(rows));
        AssertEquals(reference, "interventional", TreeShap.Of(file, background: Rows(reference, "background")).Explain(rows));
    }

    private static TreeShap Xgboost(JsonElement reference) =>
        TreeShap.Of(PlainTree.ToOnnx(PlainTree.Read(reference.GetProperty("trees")), 5, reference.GetProperty("base").GetDouble()));

    private static void AssertEquals(JsonElement reference, string kind, Explanations found)
    {
        double[][] expected = Numbers(reference.GetProperty(kind));
        Assert.Equal(reference.GetProperty(kind + "Base").GetDouble(), found.BaseValue, Exact);
        for (int i = 0; i < expected.Length; i++)
        {
            AssertClose(expected[i], found.Amounts.Row(i).ToArray(), Exact);
        }
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private static Matrix Rows(JsonElement reference, string name) => Matrix.FromRows(Numbers(reference.GetProperty(name)));

    private static double[][] Numbers(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble()).ToArray())];

    private static JsonElement Load()
    {
        using Stream stream = typeof(TreeReferenceTests).Assembly.GetManifestResourceStream("tree/tree.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
