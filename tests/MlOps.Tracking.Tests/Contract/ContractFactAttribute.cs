using Xunit.Abstractions;
using Xunit.Sdk;

namespace MlOps.Tracking.Tests.Contract;

/// <summary>A fact about every kind of store; skipped for a kind whose <see cref="NeedsAttribute"/> is not met here.</summary>
[XunitTestCaseDiscoverer("MlOps.Tracking.Tests.Contract.ContractFactDiscoverer", "MlOps.Tracking.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>What a class of tests needs: a type with a static property <c>WhyNot</c>, null if all is there.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(Type need) : Attribute
{
    public string? WhyNot => (string?)need.GetProperty("WhyNot")!.GetValue(null);
}

public sealed class ContractFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new ContractTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

public sealed class ContractTestCase : XunitTestCase
{
    [Obsolete("For the deserialiser only.")]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod testMethod)
        : base(messages, display, options, testMethod)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.ToRuntimeType().GetCustomAttributes(typeof(NeedsAttribute), inherit: true) is [NeedsAttribute { WhyNot: { } reason }]
            ? reason
            : base.GetSkipReason(factAttribute);
}
