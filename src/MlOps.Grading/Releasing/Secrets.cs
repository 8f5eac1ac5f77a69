using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Grading.Answers;

namespace MlOps.Grading.Releasing;

/// <summary>All that the instructor's copy has and students must not get.</summary>
internal sealed partial class Secrets
{
    private Secrets()
    {
    }

    /// <summary>Gets the reference solutions, the wrong ones and the held-back tests.</summary>
    internal required IReadOnlyList<SecretCode> Code { get; init; }

    /// <summary>Gets path → text of every file that is left out.</summary>
    internal required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Gets the names of held-back tests that no public test bears too.</summary>
    internal required IReadOnlyList<string> Tests { get; init; }

    /// <summary>Gets the answers of all weeks.</summary>
    internal required IReadOnlyList<PlainEntry> Answers { get; init; }

    /// <summary>Gets the numbers of all exercises.</summary>
    internal required IReadOnlyList<string> Exercises { get; init; }

    /// <summary>Gets every line of the library: students read it anyway, so a solution that uses the same line gives nothing away.</summary>
    internal required IReadOnlySet<string> Library { get; init; }

    internal static Secrets Of(string courseRoot)
    {
        string[] exercises = [.. FilesIn(courseRoot, "exercises")];
        string[] tests = [.. FilesIn(courseRoot, EditionRules.Tests).Where(path => path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))];
        string Text(string path) => File.ReadAllText(Path.Combine(courseRoot, path));

        string[] heldBack = [.. tests.Where(EditionRules.IsHeldBack)];
        string open = string.Join('\n', tests.Where(path => !EditionRules.LeavesOut(path)).Select(Text));
        return new Secrets
        {
            Code =
            [
                .. exercises.Select(path => SecretCode.Of(courseRoot, path)).OfType<SecretCode>(),
                .. heldBack.Select(path => new SecretCode(path, LeakKind.HeldBackTest, Text(path), "", open)),
            ],
            Files = exercises.Concat(tests).Where(EditionRules.LeavesOut).ToDictionary(path => path, Text),
            Tests = [.. heldBack.SelectMany(path => Methods(Text(path), testsOnly: true)).Except(Methods(open, testsOnly: false))],
            Answers = [.. exercises.Where(path => path.Split('/') is [_, _, AnswerKey.PlainName]).SelectMany(path => AnswerKey.Load(Path.GetDirectoryName(Path.Combine(courseRoot, path))!).Plain)],
            Exercises = [.. exercises.Select(path => NumberedFile().Match(Path.GetFileName(path))).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct()],
            Library = CodeLine.SetOf(FilesIn(courseRoot, "src").Where(path => path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)).Select(Text)),
        };
    }

    private static IEnumerable<string> FilesIn(string root, string folder) =>
        Directory.Exists(Path.Combine(root, folder))
            ? CourseFiles.Walk(root, folder).Where(path => new FileInfo(Path.Combine(root, path)).LinkTarget is null).Order(StringComparer.Ordinal)
            : [];

    private static IEnumerable<string> Methods(string code, bool testsOnly) =>
        CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => !testsOnly || method.AttributeLists.Count > 0)
            .Select(method => method.Identifier.ValueText);

    [GeneratedRegex(@"^(\d{1,2}\.\d{1,2})-")]
    private static partial Regex NumberedFile();
}
