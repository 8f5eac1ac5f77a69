using System.Text.Json;

namespace MlOps.Drift.Tests.Multivariate;

/// <summary>Numbers of NumPy, SciPy and scikit-learn, made by references/multivariate.py on their real data sets.</summary>
internal static class MultivariateReferences
{
    internal sealed record PcaCase(int Components, double Explained, double Reference, double Current, double Low, double High, double Ks);

    internal sealed record Case(
        string Name, int Width, double[] Reference, double[] Current, double Energy, double Energy1, double? Sigma, double SigmaUsed, double Biased, double Unbiased,
        double Share, PcaCase Pca, double Auc, double[] U)
    {
        public override string ToString() => Name;

        internal double[] ReferenceColumn(int column) => [.. Enumerable.Range(0, Reference.Length / Width).Select(i => Reference[(i * Width) + column])];

        internal double[] CurrentColumn(int column) => [.. Enumerable.Range(0, Current.Length / Width).Select(i => Current[(i * Width) + column])];
    }

    private static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true };

    internal static IReadOnlyList<Case> Cases { get; } = Load();

    private static List<Case> Load()
    {
        using Stream stream = typeof(MultivariateReferences).Assembly.GetManifestResourceStream("multivariate.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("cases").Deserialize<List<Case>>(s_json)!;
    }
}
