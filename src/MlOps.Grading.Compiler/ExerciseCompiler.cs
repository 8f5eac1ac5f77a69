using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Grading.Compiler;

/// <summary>Compiles one file of a student to an assembly in memory. Nothing of it runs here.</summary>
/// <remarks>Code can end the process that compiles it: the parser overflows the stack on some deeply nested texts. Warnings do not count. Each file is an assembly of its own, so that one that does not compile costs only its own points.</remarks>
internal static class ExerciseCompiler
{
    private const int MostProblems = 5;
    private const int StackBytes = 4 << 20; // less than where the grader reads the tokens again: what gets through here gets through there
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>What students' files are made of: loops, lambdas, queries, exceptions.</summary>
    private const string Sample = """
        namespace Warm;
        /// <summary>Text.</summary>
        public class Sample(double delta)
        {
            private readonly List<double> _values = [];
            public double Mean { get; private set; }
            public bool Update(double value)
            {
                if (!double.IsFinite(value)) { throw new ArgumentException($"{value:0.0} is no number."); }
                _values.Add(value - delta);
                Mean = _values.Where(x => x > 0).Select((x, i) => x * i).Sum() / Math.Max(1, _values.Count);
                for (int i = 0; i < _values.Count; i++) { Mean += i % 2 == 0 ? Weight(_values[i]) : 0; }
                return _values.ToArray()[^1] > Mean;
                static double Weight(double x) => x < 0 ? 0.5 : 1;
            }
        }
        """;

    private static readonly CSharpParseOptions s_language = new(LanguageVersion.Latest, DocumentationMode.None);

    private static readonly SyntaxTree s_usings = CSharpSyntaxTree.ParseText(
        string.Concat(new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks" }.Select(name => $"global using {name};")),
        s_language);

    private static readonly CSharpCompilationOptions s_options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        nullableContextOptions: NullableContextOptions.Annotations, // string? is fine; its analysis only warns, and takes half of the time
        reportSuppressedDiagnostics: false,
        warningLevel: 0,
        deterministic: true,
        concurrentBuild: false); // gradings run side by side already

    private static readonly EmitOptions s_emit = new(debugInformationFormat: DebugInformationFormat.Embedded);

    /// <summary>Compiles something small, so that the first real file does not wait for the compiler to load.</summary>
    internal static void Warm() => Compile("warm.cs", Sample, []);

    /// <summary>Compiles.</summary>
    /// <param name="file">The file's name, as errors name it.</param>
    /// <param name="source">The file's text.</param>
    /// <param name="libraries">Full paths of the libraries it may use.</param>
    internal static CompiledExercise Compile(string file, string source, IReadOnlyList<string> libraries)
    {
        CompiledExercise? result = null;
        using var limit = new CancellationTokenSource(s_limit);
        var thread = new Thread(() => result = CompileHere(file, source, libraries, limit.Token), StackBytes) { IsBackground = true, Name = "compile " + file };
        thread.Start();
        thread.Join();
        return result!;
    }

    private static CompiledExercise CompileHere(string file, string source, IReadOnlyList<string> libraries, CancellationToken cancellationToken)
    {
        try
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), s_language, path: file, cancellationToken: cancellationToken);
            CSharpCompilation compilation = CSharpCompilation.Create(
                Path.GetFileNameWithoutExtension(file),
                [tree, s_usings],
                [.. CompilerReferences.Framework, .. libraries.Select(CompilerReferences.Of)],
                s_options);
            using var image = new MemoryStream();
            EmitResult emitted = compilation.Emit(image, options: s_emit, cancellationToken: cancellationToken);
            return emitted.Success ? new CompiledExercise(image.ToArray(), [], TypeOfMember(tree.GetRoot(cancellationToken))) : CompiledExercise.Failed(Told(file, emitted.Diagnostics));
        }
        catch (OperationCanceledException)
        {
            return CompiledExercise.Failed([$"{file}: the compiler needed more than {s_limit.TotalSeconds:0} s. Write the code more plainly."]);
        }
        catch (InsufficientExecutionStackException)
        {
            return CompiledExercise.Failed([$"{file}: the code is nested too deeply for the compiler."]);
        }
    }

    private static Dictionary<string, string> TypeOfMember(SyntaxNode root)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (TypeDeclarationSyntax type in root.DescendantNodes().OfType<TypeDeclarationSyntax>())
        {
            foreach (MemberDeclarationSyntax member in type.Members)
            {
                IEnumerable<string> names = member switch
                {
                    PropertyDeclarationSyntax property => [property.Identifier.ValueText],
                    FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
                    _ => [],
                };
                foreach (string name in names)
                {
                    found.TryAdd(name, type.Identifier.ValueText);
                }
            }
        }

        return found;
    }

    private static List<string> Told(string file, IEnumerable<Diagnostic> diagnostics)
    {
        Diagnostic[] errors = [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
        List<string> told = [.. errors.Take(MostProblems).Select(error => Tell(file, error))];
        if (errors.Length > MostProblems)
        {
            told.Add(FormattableString.Invariant($"{errors.Length - MostProblems} more errors follow; they often vanish with the first."));
        }

        return told;
    }

    private static string Tell(string file, Diagnostic error)
    {
        int line = error.Location.IsInSource ? error.Location.GetLineSpan().StartLinePosition.Line + 1 : 0;
        string place = line > 0 ? FormattableString.Invariant($"{file}, line {line}") : file;
        string advice = CompilerAdvice.For(error.Id) is { } known ? " " + known : string.Empty;
        string message = error.GetMessage(CultureInfo.InvariantCulture).TrimEnd('.');
        return $"{place}: {message}.{advice} ({error.Id})";
    }
}
