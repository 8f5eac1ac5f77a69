using MlOps.Kernel.Tests.Site;

namespace MlOps.Kernel.Tests.Languages.Mermaid;

/// <summary>As <see cref="ChromiumFactAttribute"/>, for a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = new ChromiumFactAttribute().Skip;
}
