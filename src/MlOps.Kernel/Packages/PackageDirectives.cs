using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Packages;

/// <summary>Does what the <c>#r "nuget:…"</c> and <c>#i</c> lines of a cell ask for.</summary>
internal sealed class PackageDirectives(SessionPackages packages)
{
    /// <summary>Brings in the packages that a cell, or a file that it loads, asks for.</summary>
    /// <returns>References to compile with; none if the cell asks for nothing. Or the error, at the line that it is about.</returns>
    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    internal (IReadOnlyList<PortableExecutableReference> References, CompileError? Error) Load(CellSource source, CSharpCompilation compilation, CancellationToken cancellationToken)
    {
        List<(PackageRequest Request, Location Place)> asked = [];
        foreach (LiteralDirective directive in Directives(compilation))
        {
            try
            {
                asked.Add((PackageRequest.Parse(directive.Text), directive.Place));
            }
            catch (PackageException exception)
            {
                return ([], CompileError.At(source, directive.Place, exception.Code, exception.Message));
            }
        }

        if (source.Sources.FirstOrDefault(found => found.Text is null) is { } unreadable)
        {
            return ([], CompileError.At(source, unreadable.Position, PackageException.NoCode, "#i adds a package source. Write #i \"nuget:https://server/index.json\" or #i \"nuget:/folder\"."));
        }

        return Load(source, asked, cancellationToken);
    }

    private (IReadOnlyList<PortableExecutableReference> References, CompileError? Error) Load(CellSource source, List<(PackageRequest Request, Location Place)> asked, CancellationToken cancellationToken)
    {
        foreach (SourceDirective added in source.Sources)
        {
            try
            {
                packages.CheckSource(added.Text!);
                if (asked.Count == 0)
                {
                    packages.AddSource(added.Text!);
                }
            }
            catch (PackageException exception)
            {
                return ([], CompileError.At(source, added.Position, exception.Code, exception.Message));
            }
        }

        try
        {
            return asked.Count == 0 ? ([], null) : (packages.Load([.. asked.Select(one => one.Request)], [.. source.Sources.Select(added => added.Text!)], cancellationToken), null);
        }
        catch (PackageException exception)
        {
            Location place = asked.FirstOrDefault(one => one.Request.Id.Equals(exception.PackageId, StringComparison.OrdinalIgnoreCase)).Place ?? asked[0].Place;
            return ([], CompileError.At(source, place, exception.Code, exception.Message));
        }
    }

    private static IEnumerable<LiteralDirective> Directives(CSharpCompilation compilation) =>
        from tree in compilation.SyntaxTrees // those of loaded files too
        from directive in ((CompilationUnitSyntax)tree.GetRoot()).GetReferenceDirectives()
        where PackageRequest.IsPackage(directive.File.ValueText)
        select new LiteralDirective(directive.File.ValueText, directive.File.GetLocation());

    private sealed record LiteralDirective(string Text, Location Place);
}
