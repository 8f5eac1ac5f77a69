using System.Reflection;

namespace MlOps.Data.Tests;

/// <summary>Where the files lie that tests read.</summary>
internal static class Repository
{
    internal static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    internal static string Reference(string file) => Path.Combine(Root, "tests", "MlOps.Data.Tests", "Reference", file);
}
