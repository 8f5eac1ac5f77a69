namespace MlOps.Course.Tests;

/// <summary>A test that runs one of the kept npm tools in <c>Tools</c>; './mlops test' fetches them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string package) =>
        Skip = Directory.Exists(Repository.At("tests", "MlOps.Course.Tests", "Tools", "node_modules", package)) ? null : $"needs the npm package {package}: run 'npm ci' in tests/MlOps.Course.Tests/Tools";
}
