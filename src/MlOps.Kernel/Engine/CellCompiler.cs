using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using MlOps.Kernel.Packages;

namespace MlOps.Kernel.Engine;

/// <summary>A cell ready to run. The image is null if it holds only usings and directives, the symbols also if it has one line.</summary>
internal sealed record CompiledCell(CellSource Source, CSharpCompilation Compilation, MemoryStream? Image, MemoryStream? Symbols)
{
    /// <summary>Whether the last expression has a value at all: null is one, void is none.</summary>
    internal bool HasResultType()
    {
        SyntaxNode root = Source.Compiled.GetRoot();
        return root.ChildNodes().LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax last }
            && Compilation.GetSemanticModel(Source.Compiled).GetTypeInfo(last.Expression).Type is not { SpecialType: SpecialType.System_Void };
    }
}

/// <summary>Turns a cell's text into an image, or into every compile error it has.</summary>
internal sealed class CellCompiler(SubmissionChain chain, ReferenceResolver references, PackageDirectives packages)
{
    private const int MaxSuggestions = 5; // each search takes milliseconds, and nobody mends more errors at a time

    private static readonly EmitOptions Portable = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    /// <summary>Compiles; exactly one of the two results is there.</summary>
    internal (CompiledCell? Cell, IReadOnlyList<CompileError> Errors) Compile(string code, string label, CancellationToken cancellationToken)
    {
        var source = new CellSource(code, label, SubmissionChain.ParseOptions);
        List<CompileError> errors = Check(source);
        if (errors.Count > 0)
        {
            return (null, errors);
        }

        CSharpCompilation compilation = chain.Compile(source);
        (IReadOnlyList<PortableExecutableReference> added, CompileError? error) = packages.Load(source, compilation, cancellationToken);
        if (error is not null)
        {
            return (null, [error]);
        }

        if (added.Count > 0)
        {
            chain.AddReferences(added);
            compilation = chain.Compile(source);
        }

        ImmutableArray<Diagnostic> diagnostics;
        CompiledCell cell;
        if (source.Root.Members.Count == 0 && source.Root.GetLoadDirectives().Count == 0)
        {
            cell = new CompiledCell(source, compilation, null, null);
            diagnostics = compilation.GetDiagnostics(cancellationToken);
        }
        else
        {
            // Symbols are a fifth of the time to compile a small cell, and tell nothing about a cell of one line.
            bool needsSymbols = source.Text.Lines.Count > 1 || source.Root.GetLoadDirectives().Count > 0;
            cell = new CompiledCell(source, compilation, new MemoryStream(), needsSymbols ? new MemoryStream() : null);
            diagnostics = CompilerThread.Run(() => compilation.Emit(cell.Image!, cell.Symbols, options: needsSymbols ? Portable : null, cancellationToken: cancellationToken)).Diagnostics;
        }

        errors.AddRange(diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)
            .OrderBy(found => found.Location.SourceSpan.Start)
            .Select((found, i) => CompileError.From(found, source, i < MaxSuggestions ? compilation : null)));
        return errors.Count > 0 ? (null, errors) : (cell, errors);
    }

    /// <summary>Syntax errors, and <c>#r</c> directives that cannot work, said before the compiler says less about them.</summary>
    private List<CompileError> Check(CellSource source)
    {
        List<CompileError> errors = [.. source.Tree.GetDiagnostics()
            .Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => CompileError.At(source, found.Location.SourceSpan.Start, found.Id, found.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))];
        foreach (ReferenceDirectiveTriviaSyntax directive in source.Root.GetReferenceDirectives())
        {
            if (!PackageRequest.IsPackage(directive.File.ValueText) && Problem(directive.File.ValueText) is { } problem)
            {
                errors.Add(CompileError.At(source, directive.File.SpanStart, "CS0006", problem));
            }
        }

        return errors;
    }

    private string? Problem(string reference)
    {
        if (reference.TrimStart().StartsWith("project:", StringComparison.OrdinalIgnoreCase))
        {
            return $"#r \"{reference}\" names a project, which notebooks do not build. Build it with dotnet build, and refer to its output: #r \"bin/Release/net10.0/name.dll\".";
        }

        try
        {
            return references.Resolve(reference) is null
                ? $"#r \"{reference}\" names a file that does not exist: '{references.FullPath(reference)}'. Build it first, or correct the path; it starts at the notebook's folder."
                : null;
        }
        catch (Exception exception) when (exception is BadImageFormatException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return $"#r \"{reference}\" cannot be used: {exception.Message}.";
        }
    }
}
