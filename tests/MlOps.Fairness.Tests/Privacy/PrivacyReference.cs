using System.Text.Json;

namespace MlOps.Fairness.Tests.Privacy;

/// <summary>What References/privacy/make_privacy.py computed.</summary>
internal static class PrivacyReference
{
    internal static JsonElement Root { get; } = Load();

    private static JsonElement Load()
    {
        using Stream stream = typeof(PrivacyReference).Assembly.GetManifestResourceStream("privacy/privacy.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
