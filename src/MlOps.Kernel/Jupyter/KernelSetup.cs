using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Jupyter;

/// <summary>What a kernel offers to notebooks.</summary>
public sealed record KernelSetup
{
    /// <summary>Gets what cells see and where the engine draws the line.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>Gets the links of the front end's help menu, address by text.</summary>
    /// <value>Default: the reference of C#.</value>
    public IReadOnlyDictionary<string, string> HelpLinks { get; init; } = new Dictionary<string, string>
    {
        ["C# reference"] = "https://learn.microsoft.com/dotnet/csharp/",
    };
}
