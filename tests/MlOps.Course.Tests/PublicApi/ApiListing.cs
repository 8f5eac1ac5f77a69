using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOps.Course.Tests.PublicApi;

/// <summary>What the assemblies of src/ offer to others, read from the built files the way the compiler reads them.</summary>
internal static class ApiListing
{
    private const SymbolDisplayMiscellaneousOptions Words =
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral;

    private static readonly SymbolDisplayFormat s_type = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        miscellaneousOptions: Words);

    private static readonly SymbolDisplayFormat s_member = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: Words);

    private static readonly Lazy<CSharpCompilation> s_compilation = new(() => CSharpCompilation.Create("listing", references:
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))));

    /// <summary>The public types of one assembly.</summary>
    internal static IEnumerable<INamedTypeSymbol> Types(string assembly)
    {
        MetadataReference reference = s_compilation.Value.References.Single(reference => Path.GetFileNameWithoutExtension(reference.Display) == assembly);
        return Types(((IAssemblySymbol)s_compilation.Value.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace);
    }

    /// <summary>The types of a source text, for tests of the listing itself.</summary>
    internal static IEnumerable<INamedTypeSymbol> TypesOf(string source) => Types(s_compilation.Value
        .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
        .AddSyntaxTrees(CSharpSyntaxTree.ParseText(source)).Assembly.GlobalNamespace);

    /// <summary>One line a type and one a member, in ordinal order.</summary>
    internal static string[] Lines(IEnumerable<INamedTypeSymbol> types) =>
        [.. types.SelectMany(type => Members(type).Select(member => $"{Name(type)}: {member.ToDisplayString(s_member)}").Append(Head(type))).Order(StringComparer.Ordinal)];

    /// <summary>The members that are seen from outside, but for those that the compiler writes for a record, an enum or a delegate.</summary>
    internal static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers().Where(member =>
        IsSeen(member) && !member.IsImplicitlyDeclared
        && member is not INamedTypeSymbol and not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }
        && member.GetAttributes().All(attribute => attribute.AttributeClass?.Name != "CompilerGeneratedAttribute"));

    internal static string Name(INamedTypeSymbol type) =>
        (type.ContainingNamespace.IsGlobalNamespace ? string.Empty : type.ContainingNamespace.ToDisplayString() + ".") + type.ToDisplayString(s_type);

    private static string Head(INamedTypeSymbol type)
    {
        if (type.DelegateInvokeMethod is { } invoke)
        {
            return $"{Name(type)} = delegate {invoke.ToDisplayString(s_member.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeModifiers))}";
        }

        var line = new StringBuilder(Name(type)).Append(" = ");
        line.Append(type switch
        {
            { TypeKind: TypeKind.Class, IsStatic: true } => "static ",
            { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
            { TypeKind: TypeKind.Class, IsAbstract: true } => "abstract ",
            { TypeKind: TypeKind.Struct, IsReadOnly: true } => "readonly ",
            _ => string.Empty,
        });
        line.Append(type.IsRecord ? "record " : string.Empty).Append(type.TypeKind.ToString().ToLowerInvariant());
        string[] bases = [.. new[] { type.BaseType }.Where(parent => parent is { SpecialType: SpecialType.None }).Concat(type.Interfaces)
            .Where(parent => !parent!.Name.Equals("IEquatable", StringComparison.Ordinal)).Select(parent => parent!.ToDisplayString(s_type))];
        return bases.Length == 0 ? line.ToString() : line.Append(" : ").AppendJoin(", ", bases).ToString();
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol parent) => parent.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .Where(member => member is INamespaceSymbol || IsSeen(member))
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    private static bool IsSeen(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
