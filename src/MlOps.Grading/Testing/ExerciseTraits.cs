using System.Globalization;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MlOps.Grading.Testing;

/// <summary>Shows the attributes of exercise tests to xunit as traits, so that any xunit runner can filter by them.</summary>
public sealed class ExerciseTraits : ITraitDiscoverer
{
    internal const string Exercise = "Exercise";
    internal const string Points = "Points";
    internal const string HeldBack = "HeldBack";

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute)
    {
        ArgumentNullException.ThrowIfNull(traitAttribute);
        object value = traitAttribute.GetConstructorArguments().Single();
        string name = value is double ? Points : ((IReflectionAttributeInfo)traitAttribute).Attribute is HeldBackAttribute ? HeldBack : Exercise;
        yield return new KeyValuePair<string, string>(name, Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }
}
