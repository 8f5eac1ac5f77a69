using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis.CSharp;
using MlOps.Kernel.Display;

namespace MlOps.Kernel.Languages;

/// <summary><c>#!about</c>.</summary>
internal static class Versions
{
    internal static void Show() => DisplayedValue.Show(MimeBundles.Of(new[]
    {
        new { What = "MlOpsCourse", Version = Of(typeof(Versions)) },
        new { What = "C#", Version = $"{LanguageVersion.Latest.MapSpecifiedToEffectiveVersion().ToDisplayString()} (Roslyn {Of(typeof(CSharpCompilation))})" },
        new { What = ".NET", Version = RuntimeInformation.FrameworkDescription },
        new { What = "System", Version = $"{RuntimeInformation.OSDescription.Trim()} ({RuntimeInformation.ProcessArchitecture})" },
        new { What = "Documentation", Version = "docs/notebooks.md and docs/polyglot.md in the course's folder" },
    }));

    /// <summary>The version as its makers write it, without the commit.</summary>
    private static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? type.Assembly.GetName().Version!.ToString();
}
