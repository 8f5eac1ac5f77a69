using Microsoft.CodeAnalysis;

namespace MlOps.Course.Tests.PublicApi;

/// <summary>What the whole public API has in common, so that a user who knows one part can guess the next.</summary>
public sealed class RuleTests
{
    [Theory]
    [MemberData(nameof(SnapshotTests.Assemblies), MemberType = typeof(SnapshotTests))]
    public void PublicApi_KeepsTheRules(string assembly) => Assert.Empty(ApiListing.Types(assembly).SelectMany(Faults));

    [Fact]
    public void TypeNames_AreUniqueInTheCourse()
    {
        IEnumerable<string> twice = SnapshotTests.Libraries().SelectMany(ApiListing.Types)
            .Where(type => type.ContainingType is null)
            .GroupBy(type => type.MetadataName, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Equal(["RunStatus"], twice); // of a tracked run, as MLflow names it, and of a notebook's run
    }

    [Fact]
    public void Faults_OfATypeThatBreaksEveryRule_NamesEach()
    {
        INamedTypeSymbol[] types = [.. ApiListing.TypesOf("""
            using System; using System.Threading; using System.Threading.Tasks;
            public class Open
            {
                public int Field;
                public int Set { get; set; }
                public void Token(CancellationToken stop, int other) { }
                public Task Slow(double seed) => Task.CompletedTask;
                public void QuickAsync() { }
            }
            public sealed class BadException(string message, Exception? inner) : Exception(message, inner);
            """)];
        Assert.Equal(
            [
                "BadException..ctor: the cause is called innerException",
                "Open.Field: a field",
                "Open.QuickAsync: Async is for what returns a task",
                "Open.Set: can be set",
                "Open.Slow: a seed is an int",
                "Open.Slow: a task's name ends in Async",
                "Open.Token: a token comes last, is optional and is called cancellationToken",
                "Open: neither sealed nor abstract",
            ],
            types.SelectMany(Faults).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Faults(INamedTypeSymbol type)
    {
        string name = ApiListing.Name(type);
        bool isGenerated = type.AllInterfaces.Any(parent => parent.Name == "IMessage"); // ONNX messages are what the protocol's compiler makes
        if (type is { TypeKind: TypeKind.Class, IsSealed: false, IsAbstract: false, IsStatic: false } && type.BaseType?.Name != "DispatchProxy")
        {
            yield return $"{name}: neither sealed nor abstract";
        }

        foreach (ISymbol member in isGenerated ? [] : ApiListing.Members(type))
        {
            foreach (string fault in member switch
            {
                IFieldSymbol { IsConst: false } => ["a field"],
                IPropertySymbol { SetMethod: { IsInitOnly: false, DeclaredAccessibility: Accessibility.Public } } => ["can be set"],
                IMethodSymbol method => Faults(method),
                _ => Enumerable.Empty<string>(),
            })
            {
                yield return $"{name}.{member.Name}: {fault}";
            }
        }
    }

    private static IEnumerable<string> Faults(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.Type.Name == nameof(CancellationToken) && !(parameter.Name == "cancellationToken" && parameter.IsOptional && parameter.Ordinal == method.Parameters.Length - 1))
            {
                yield return "a token comes last, is optional and is called cancellationToken";
            }

            if (parameter.Name == "seed" && parameter.Type is not ({ SpecialType: SpecialType.System_Int32 } or INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Int32 }] }))
            {
                yield return "a seed is an int";
            }

            if (method.MethodKind == MethodKind.Constructor && parameter.Type.Name == nameof(Exception) && parameter.Name != "innerException")
            {
                yield return "the cause is called innerException";
            }
        }

        bool isAwaited = method.ReturnType.Name is "Task" or "ValueTask" or "IAsyncEnumerable";
        if (method.MethodKind == MethodKind.Ordinary && isAwaited != method.Name.EndsWith("Async", StringComparison.Ordinal))
        {
            yield return isAwaited ? "a task's name ends in Async" : "Async is for what returns a task";
        }
    }
}
