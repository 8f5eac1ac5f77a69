using System.Globalization;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MlOps.Grading.Testing;

/// <summary>The compiled tests of all exercises, found by xunit.</summary>
public sealed class ExerciseTestAssembly
{
    private ExerciseTestAssembly(IReadOnlyList<ExerciseTest> tests) => Tests = tests;

    /// <summary>Gets the tests: public before held-back, each in the order in which they are written.</summary>
    public IReadOnlyList<ExerciseTest> Tests { get; }

    /// <summary>Finds the tests of an assembly.</summary>
    /// <exception cref="InvalidOperationException">A test has no points, or a class with such tests names no exercise.</exception>
    public static ExerciseTestAssembly Load(Assembly assembly)
    {
        using var framework = new XunitTestFramework(new NullSink());
        using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(new ReflectionAssemblyInfo(assembly));
        List<IXunitTestCase> cases = [];
        // Only these classes: to look at others could run code of theirs.
        foreach (Type type in assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(ExerciseTests)) && type.IsDefined(typeof(ExerciseAttribute), inherit: false)))
        {
            using var found = new DiscoverySink();
            discoverer.Find(type.FullName, includeSourceInformation: false, found, new DefaultOptions());
            found.Finished.WaitOne();
            cases.AddRange(found.Cases);
        }

        return new ExerciseTestAssembly(
        [
            .. cases
                .GroupBy(test => test.Method.ToRuntimeMethod())
                .Select(group => (Method: group.Key, Test: Make(group.Key, [.. group])))
                .OrderBy(pair => pair.Test.Exercise, StringComparer.Ordinal)
                .ThenBy(pair => pair.Test.HeldBack is not null)
                .ThenBy(pair => pair.Method.DeclaringType!.FullName, StringComparer.Ordinal)
                .ThenBy(pair => pair.Method.MetadataToken)
                .Select(pair => pair.Test),
        ]);
    }

    /// <summary>The tests of one exercise.</summary>
    public IReadOnlyList<ExerciseTest> Of(string exercise) => [.. Tests.Where(test => test.Exercise == exercise)];

    private static ExerciseTest Make(MethodInfo method, IReadOnlyList<IXunitTestCase> cases)
    {
        Dictionary<string, List<string>> traits = cases[0].Traits;
        return traits.TryGetValue(ExerciseTraits.Points, out List<string>? points)
            ? new ExerciseTest(
                traits[ExerciseTraits.Exercise].Single(),
                method.Name,
                double.Parse(points.Single(), CultureInfo.InvariantCulture),
                traits.GetValueOrDefault(ExerciseTraits.HeldBack)?.Single())
            {
                Cases = cases,
            }
            : throw new InvalidOperationException($"{method.DeclaringType!.Name}.{method.Name} says nothing about points; write [Points(1)] above it, or [Points(0)].");
    }

    /// <summary>xunit asks for settings by name; none is set, so each has xunit's default.</summary>
    private sealed class DefaultOptions : ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value) => throw new NotSupportedException();
    }

    private sealed class NullSink : IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => true;
    }

    private sealed class DiscoverySink : IMessageSink, IDisposable
    {
        internal List<IXunitTestCase> Cases { get; } = [];

        internal ManualResetEvent Finished { get; } = new(initialState: false);

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestCaseDiscoveryMessage { TestCase: IXunitTestCase found })
            {
                Cases.Add(found);
            }
            else if (message is IDiscoveryCompleteMessage)
            {
                Finished.Set();
            }

            return true;
        }

        public void Dispose() => Finished.Dispose();
    }
}
