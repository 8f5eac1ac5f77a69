using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOps.Kernel.Engine;

/// <summary>The compiled cells that later ones build on: the compiler's view (names) and the run-time view (instances).</summary>
internal sealed class SubmissionChain
{
    private const BindingFlags AnyField = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Held while a compilation finds its references. See <see cref="Bind(SyntaxTree, int)"/>.</summary>
    private static readonly Lock References = new();

    private readonly CSharpCompilationOptions _options;

    // References and imports flow from this empty cell to all others; said again in each, they would pile up: memory would grow with the square of the cells.
    private readonly Lazy<CSharpCompilation> _root;
    private volatile CSharpCompilation? _last;
    private volatile MetadataReference[] _added = [];
    private readonly HashSet<MetadataReference> _taken = [];
    private readonly List<(CSharpCompilation Compilation, object Instance)> _cells = [];
    private object?[] _instances = new object?[16];
    private int _slot;
    private int _counter;

    internal SubmissionChain(IEnumerable<MetadataReference> references, IEnumerable<string> imports, MetadataReferenceResolver resolver, SourceReferenceResolver loader)
    {
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
        ImmutableArray<MetadataReference> all = [.. references];
        _taken.UnionWith(all);
        _root = new Lazy<CSharpCompilation>(() => CSharpCompilation.CreateScriptCompilation(
            "cell-0", SyntaxFactory.ParseSyntaxTree(string.Empty, ParseOptions), all, _options.WithScriptClassName("Submission#0"), null, typeof(object)));
    }

    internal static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>Binds a cell against everything before it. The chain does not change.</summary>
    internal CSharpCompilation Compile(CellSource source) => Bind(source.Compiled, ++_counter);

    /// <summary>As <see cref="Compile"/>, for a text that will not run. Thread-safe.</summary>
    internal CSharpCompilation Bind(SyntaxTree text) => Bind(text, _counter + 1);

    /// <summary>Gives references to the next cell and all after it. Those that the chain has are left out.</summary>
    internal void AddReferences(IEnumerable<MetadataReference> references) => _added = [.. _added.Union(references).Where(reference => !_taken.Contains(reference))];

    private CSharpCompilation Bind(SyntaxTree text, int number)
    {
        MetadataReference[] added = _added; // read before the last cell, which takes them over
        CSharpCompilation last = _last ?? _root.Value;
        CSharpCompilationOptions options = _options.WithUsings().WithScriptClassName(FormattableString.Invariant($"Submission#{number}"));
        CSharpCompilation compilation = CSharpCompilation.CreateScriptCompilation(FormattableString.Invariant($"cell-{number}"), text, added, options, last, typeof(object));

        // The compiler shares what it has read of an assembly among compilations. Two that read the framework at the same time get a copy
        // each, and a later cell may then mix them: List<int> of one copy is no IEnumerable<int> of the other, and LINQ is gone for good.
        lock (References)
        {
            _ = compilation.Assembly; // finds the references now rather than at first use
        }

        return compilation;
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
        _taken.UnionWith(_added);
        _added = [];
        if (hasCode)
        {
            _slot++;
            lock (_cells)
            {
                _cells.Add((compilation, _instances[_slot]!));
            }
        }
    }

    /// <summary>The variables that the next cell would see, in the order of their names.</summary>
    internal IReadOnlyList<CellVariable> Variables()
    {
        (CSharpCompilation Compilation, object Instance)[] cells;
        lock (_cells)
        {
            cells = [.. _cells];
        }

        HashSet<string> seen = new(StringComparer.Ordinal); // methods and types too: a newer one hides an older variable
        List<CellVariable> variables = [];
        foreach ((CSharpCompilation compilation, object instance) in cells.Reverse())
        {
            foreach (ISymbol member in compilation.ScriptClass!.GetMembers().Where(member => member.CanBeReferencedByName && !member.IsImplicitlyDeclared))
            {
                if (member.Name != CellSource.MarkerField && !UnreachedNames.IsHidden(member) && seen.Add(member.Name) && member is IFieldSymbol field)
                {
                    object? value = instance.GetType().GetField(field.Name, AnyField)?.GetValue(instance);
                    variables.Add(new CellVariable(field.Name, field.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), value));
                }
            }
        }

        variables.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return variables;
    }
}
