using System.Xml.Linq;

namespace MlOps.Kernel.Packages;

/// <summary>The project that stands for a session's packages: it has no code and is only restored.</summary>
internal static class RestoreProject
{
    internal const string FileName = "session.csproj";

    /// <summary>Writes the project into an empty folder, cut off from whatever lies in the folders above.</summary>
    internal static void Write(string folder, RestoreQuestion question, string? packagesFolder)
    {
        File.WriteAllText(Path.Combine(folder, "global.json"), "{}"); // the newest SDK, whatever the user's folders pin
        new XElement(
            "Project",
            new XElement(
                "PropertyGroup",
                new XElement("ImportDirectoryBuildProps", false),
                new XElement("ImportDirectoryBuildTargets", false),
                new XElement("ImportDirectoryPackagesProps", false),
                new XElement("BaseIntermediateOutputPath", "obj/")),
            Import("Sdk.props"),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", question.Framework),
                new XElement("RuntimeIdentifier", question.Platform),
                new XElement("ManagePackageVersionsCentrally", false),
                new XElement("TreatWarningsAsErrors", false),
                new XElement("NuGetAudit", false),
                new XElement("RestoreRootConfigDirectory", Escape(question.ConfigFolder)),
                new XElement("RestoreAdditionalProjectSources", string.Join(';', question.Sources.Select(Escape))),
                packagesFolder is null ? null : new XElement("RestorePackagesPath", Escape(packagesFolder))),
            new XElement(
                "ItemGroup",
                question.Packages.Select(package => new XElement("PackageReference", new XAttribute("Include", package.Id), new XAttribute("Version", package.Range)))),
            Import("Sdk.targets")).Save(Path.Combine(folder, FileName));
    }

    private static XElement Import(string file) =>
        new("Import", new XAttribute("Project", file), new XAttribute("Sdk", "Microsoft.NET.Sdk"));

    /// <summary>Says a text as it is to MSBuild, which reads <c>$( @( % ; * ?</c> in its own way.</summary>
    private static string Escape(string text) =>
        string.Concat(text.Select(c => "%$@';?*()".Contains(c, StringComparison.Ordinal) ? FormattableString.Invariant($"%{(int)c:X2}") : c.ToString()));
}
