using System.Text.RegularExpressions;
using Xunit.Sdk;

namespace MlOps.Grading.Testing;

/// <summary>One test method of an exercise.</summary>
/// <param name="Exercise">The exercise's number.</param>
/// <param name="Name">The method's name.</param>
/// <param name="Points">What it brings when all its cases pass.</param>
/// <param name="HeldBack">What a student may know of it; null for a public test.</param>
public sealed partial record ExerciseTest(string Exercise, string Name, double Points, string? HeldBack)
{
    /// <summary>Gets the name as people read it: <c>Psi_EqualShares_IsZero</c> is <c>Psi: equal shares, is zero</c>.</summary>
    public string Title => Name.Split('_') is [var subject, .. var rest] && rest.Length > 0
        ? $"{subject}: {string.Join(", ", rest.Select(part => WordStart().Replace(part, " $0").Trim().ToLowerInvariant()))}"
        : Name;

    /// <summary>Gets xunit's cases: one, or one a row of a theory.</summary>
    internal IReadOnlyList<IXunitTestCase> Cases { get; init; } = [];

    /// <summary>A capital letter, or the first of several digits.</summary>
    [GeneratedRegex("[A-Z]|(?<![0-9])[0-9]+")]
    private static partial Regex WordStart();
}
