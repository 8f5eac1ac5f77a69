using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Submissions;

public class StudentKeyTests
{
    [Theory]
    [InlineData("anna")]
    [InlineData("Anna Muster_4711")]
    [InlineData("anna.muster@example.org")]
    [InlineData("2026-anna")]
    public void Of_PlainName_IsTheNameItself(string student) => Assert.Equal(student, StudentKey.Of(student));

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../../etc")]
    [InlineData("a/b")]
    [InlineData("-rf")]
    [InlineData(" anna")]
    [InlineData("anna.")]
    [InlineData("anna ")]
    [InlineData("a\nb")]
    [InlineData("=HYPERLINK(\"x\")")]
    [InlineData("CON")]
    [InlineData("con.txt")]
    [InlineData("Lpt1")]
    [InlineData("index")]
    [InlineData("C:")]
    [InlineData("Zoë")]
    [InlineData("प्रिया")]
    [InlineData("🙂")]
    [InlineData("")]
    public void Of_AnyOtherName_IsSafeAndCarriesADigest(string student)
    {
        string key = StudentKey.Of(student);

        Assert.Matches("^[^/\\\\:*?\"<>|\\x00-\\x1F]+-[0-9a-f]{8}$", key);
        Assert.True(char.IsLetterOrDigit(key[0]) || key[0] == '_' || key[0] > 127, key);
        Assert.DoesNotContain("..", key, StringComparison.Ordinal);
        string stem = key.Split('.')[0].ToUpperInvariant();
        Assert.False(stem is "CON" or "PRN" or "AUX" or "NUL" or "LPT1", key);
        Assert.NotEqual("index", key);
    }

    [Fact]
    public void Of_NameOfAnyLength_FitsAFileName()
    {
        string key = StudentKey.Of(new string('प', 250));

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(key), 9, 200); // file systems allow 255, and an extension follows
        Assert.NotEqual(key, StudentKey.Of(new string('प', 251)));
    }

    [Fact]
    public void OfAll_NamesThatDifferInCase_GetDifferentKeys()
    {
        IReadOnlyList<string> keys = StudentKey.OfAll(["ANNA", "Anna", "anna", "ben"]);

        Assert.Equal("ANNA", keys[0]);
        Assert.Equal("ben", keys[3]);
        Assert.Equal(4, keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.StartsWith("Anna-", keys[1], StringComparison.Ordinal);
        Assert.Equal(keys, StudentKey.OfAll(["ANNA", "Anna", "anna", "ben"]));
    }

    [Fact]
    public void OfAll_NameThatLooksLikeAnothersKey_StaysUnique()
    {
        string suffixed = StudentKey.OfAll(["Anna", "anna"])[1];

        IReadOnlyList<string> keys = StudentKey.OfAll(["Anna", suffixed.ToUpperInvariant(), "anna"]);

        Assert.Equal(3, keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Of_ComposedAndDecomposedLetter_AreTwoStudents() => Assert.NotEqual(StudentKey.Of("Zo\u00EB"), StudentKey.Of("Zoe\u0308"));

    [Fact]
    public void Read_StudentsThatDifferInCase_AreTwo()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // other file systems hold only one of them
        }

        using Collected collected = new Collected().File("Anna/week12/12.3-psi.cs", "1").File("anna/week12/12.3-psi.cs", "2");

        IReadOnlyList<Submission> all = collected.Read();

        Assert.Equal(["Anna", "anna"], all.Select(submission => submission.Student));
        Assert.Equal("Anna", all[0].Key);
        Assert.StartsWith("anna-", all[1].Key, StringComparison.Ordinal);
    }
}
