using System.Reflection;
using MlOps.Charts;
using MlOps.Data;
using MlOps.Data.Generators;
using MlOps.Drift;
using MlOps.Grading.Running;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Running;

namespace MlOps.Cli;

/// <summary>The engine as the course's notebooks see it: every library of the course is there without a <c>using</c>.</summary>
internal static class CourseEngine
{
    private static readonly Type[] s_oneOfEach = [typeof(Table), typeof(LoanApplications), typeof(Figure), typeof(DriftReport)];

    private static readonly DirectiveDescription s_exercise = new(
        "exercise", "#!exercise 12.3", "Saves the lines below as that exercise's file and checks it.", IsLanguage: true);

    internal static EngineOptions Options { get; } = new()
    {
        References = [.. s_oneOfEach.Select(type => type.Assembly).Distinct(), typeof(MathNet.Numerics.Distributions.Normal).Assembly, typeof(NotebookExercises).Assembly],
        Imports = [.. s_oneOfEach.Select(type => type.Namespace!), typeof(NotebookExercises).FullName!],
        TableFactory = $"global::{typeof(Table).FullName}.{nameof(Table.FromDataReader)}",
        Directives = [new CellDirective(s_exercise, (number, body) => $"global::{typeof(NotebookExercises).FullName}.{nameof(NotebookExercises.Submit)}({CellDirectives.Literal(number)}, {CellDirectives.Literal(body)})")],
    };

    internal static RunnerOptions Runner(string workingFolder) => new([.. ThisProgram(), "worker"]) { WorkingFolder = workingFolder };

    private static IEnumerable<string> ThisProgram()
    {
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path; start mlops from a file.");
        bool isDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isDotnet ? [host, Assembly.GetExecutingAssembly().Location] : [host];
    }
}
