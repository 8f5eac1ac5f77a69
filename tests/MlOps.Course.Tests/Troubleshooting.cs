namespace MlOps.Course.Tests;

/// <summary>What the page on troubles quotes is what the program says.</summary>
public sealed class Troubleshooting
{
    private const int FarthestApart = 400; // characters of source between two fragments of one message: a value's expression, or the next line

    private static readonly string[] s_sources =
    [
        .. Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.At("src"), "*.csproj", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.At("src"), "*.sh", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.At("eng"), "*.sh", SearchOption.TopDirectoryOnly))
            .Concat(Directory.EnumerateFiles(Repository.At("eng", "onnxruntime"), "*.sh", SearchOption.TopDirectoryOnly))
            .Append(Repository.At("mlops")).Append(Repository.At("mlops.cmd"))
            .Select(path => File.ReadAllText(path).Replace("\\\"", "\"", StringComparison.Ordinal)),
    ];

    public static TheoryData<string> Messages() => new(MarkdownDocument.Load(Repository.At("docs", "troubleshooting.md")).Blocks
        .Where(block => block.Language == "text").SelectMany(block => block.Text.Split('\n')).Where(line => line.Trim().Length > 0).Select(line => line.Trim()).Distinct());

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_IsInTheSources(string message)
    {
        string[] fragments = [.. message.Replace("mlops: ", string.Empty, StringComparison.Ordinal).Split('…').Select(fragment => fragment.Trim()).Where(fragment => fragment.Length > 0)];
        Assert.Contains(fragments, fragment => fragment.Length >= 10); // or it would be found anywhere
        Assert.True(s_sources.Any(source => Says(source, fragments)), $"No source says '{message}'.");
    }

    private static bool Says(string source, string[] fragments)
    {
        for (int start = source.IndexOf(fragments[0], StringComparison.Ordinal); start >= 0; start = source.IndexOf(fragments[0], start + 1, StringComparison.Ordinal))
        {
            int at = start;
            if (fragments.All(fragment =>
            {
                int found = at < 0 ? -1 : source.IndexOf(fragment, at, Math.Min(fragment.Length + FarthestApart, source.Length - at), StringComparison.Ordinal);
                at = found < 0 ? -1 : found + fragment.Length;
                return found >= 0;
            }))
            {
                return true;
            }
        }

        return false;
    }
}
