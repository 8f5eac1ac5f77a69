using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOps.Kernel.Engine;

/// <summary>The compiled cells that later ones build on: the compiler's view (names) and the run-time view (instances).</summary>
internal sealed class SubmissionChain
{
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly CSharpCompilationOptions _options;
    private CSharpCompilation? _last;
    private object?[] _instances = new object?[16];
    private int _slot;
    private int _counter;

    internal SubmissionChain(IEnumerable<MetadataReference> references, IEnumerable<string> imports, MetadataReferenceResolver resolver, SourceReferenceResolver loader)
    {
        _references = [.. references];
        _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: imports,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            generalDiagnosticOption: ReportDiagnostic.Suppress,
            warningLevel: 0,
            concurrentBuild: false, // a cell is small: handing it to other threads costs more than it saves
            metadataReferenceResolver: resolver,
            sourceReferenceResolver: loader,
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default,
            nullableContextOptions: NullableContextOptions.Annotations);
    }

    internal static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>Binds a cell against everything before it. The chain does not change.</summary>
    internal CSharpCompilation Compile(CellSource source)
    {
        int number = ++_counter;
        CSharpCompilationOptions options = _options.WithScriptClassName(FormattableString.Invariant($"Submission#{number}"));
        return CSharpCompilation.CreateScriptCompilation(
            FormattableString.Invariant($"cell-{number}"),
            source.Compiled,
            _last is null ? _references : [], // references and imports flow from the first cell to all others;
            _last is null ? options : options.WithUsings(), // said again, they would pile up: memory grew with the square of the cells
            _last,
            typeof(object));
    }

    /// <summary>The array a compiled cell puts itself into and finds its predecessors in, and the slot that it will take.</summary>
    internal (object?[] Instances, int Slot) Reserve()
    {
        if (_slot + 1 >= _instances.Length)
        {
            Array.Resize(ref _instances, _instances.Length * 2);
        }

        _instances[_slot + 1] = null;
        return (_instances, _slot + 1);
    }

    /// <summary>Makes a cell visible to later ones.</summary>
    /// <param name="compilation">Its names.</param>
    /// <param name="hasCode">False for a cell of usings and directives only, which takes no slot: the compiler's numbering.</param>
    internal void Append(CSharpCompilation compilation, bool hasCode)
    {
        _last = compilation;
        _slot += hasCode ? 1 : 0;
    }
}
