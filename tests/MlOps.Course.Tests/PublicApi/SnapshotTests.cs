namespace MlOps.Course.Tests.PublicApi;

/// <summary>
/// The public API is what it was. A change of it is made on purpose: it is read in the difference of the listing that lies beside this file.
/// </summary>
public sealed class SnapshotTests
{
    private const string Renew = "MLOPS_RENEW_API=1 ./mlops test --filter FullyQualifiedName~PublicApi";

    /// <summary>The libraries: the command line and the programs that grading starts are used by nobody.</summary>
    internal static string[] Libraries() =>
        [.. Directory.EnumerateDirectories(Repository.At("src"), "MlOps.*").Select(path => Path.GetFileName(path)).Except(["MlOps.Cli", "MlOps.Grading.Compiler", "MlOps.Grading.Host"]).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Assemblies() => new(Libraries());

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void PublicApi_IsTheOneWrittenDown(string assembly)
    {
        string path = Repository.At("tests", "MlOps.Course.Tests", "PublicApi", assembly + ".txt");
        string[] now = ApiListing.Lines(ApiListing.Types(assembly));
        if (Environment.GetEnvironmentVariable("MLOPS_RENEW_API") == "1")
        {
            File.WriteAllLines(path, now);
        }

        string[] before = File.Exists(path) ? File.ReadAllLines(path) : [];
        Assert.True(now.SequenceEqual(before), Difference(before, now));
    }

    [Fact]
    public void Listing_OfASource_SaysWhatACallerSees() => Assert.Equal(
        [
            "Shop.Ask = delegate string? Invoke(int at)",
            "Shop.Colour = enum",
            "Shop.Colour: Red = 2",
            "Shop.Till = sealed class : IDisposable",
            "Shop.Till: T Find<T>(string name, T? otherwise = null, params int[] at) where T : class",
            "Shop.Till: int? Count { get; }",
            "Shop.Till: void Dispose()",
        ],
        ApiListing.Lines(ApiListing.TypesOf("""
            namespace Shop;
            public delegate string? Ask(int at);
            public enum Colour { Red = 2 }
            public sealed class Till : System.IDisposable
            {
                private Till() { }
                public int? Count => null;
                public T Find<T>(string name, T? otherwise = null, params int[] at) where T : class => throw null!;
                public void Dispose() { }
                internal string Hidden = "";
            }
            internal class Nobody;
            """)));

    [Fact]
    public void Difference_NamesWhatWentWhatCameAndTheCommand()
    {
        string said = Difference(["a", "b"], ["b", "c"]);
        Assert.Equal(["The public API has changed. If that is meant:", "  " + Renew, "- a", "+ c"], said.Split('\n'));
    }

    private static string Difference(string[] before, string[] now) => string.Join('\n',
        [
            "The public API has changed. If that is meant:",
            "  " + Renew,
            .. before.Except(now).Select(line => "- " + line),
            .. now.Except(before).Select(line => "+ " + line),
        ]);
}
