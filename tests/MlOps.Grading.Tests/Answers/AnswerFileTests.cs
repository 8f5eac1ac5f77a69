using MlOps.Grading.Answers;

namespace MlOps.Grading.Tests.Answers;

/// <summary>What an instructor reads when an answer file is wrong.</summary>
public sealed class AnswerFileTests
{
    [Theory]
    [InlineData("", "is empty")]
    [InlineData("answers:\n", "'answers' is missing")]
    [InlineData("answers:\n  \"98.1\":\n", "98.1 has no property")]
    [InlineData("answers: { \"98.1\": { Pick: } }", "98.1 Pick needs a value")]
    [InlineData("answers: { \"98.1\": { Pick: { value: '?' } } }", "98.1 Pick needs a value; '?' stands for no answer yet")]
    [InlineData("answers: { \"98.1\": { \"My pick\": { value: B } } }", "98.1 My pick is no name of a C# property")]
    [InlineData("answers: { \"98.1\": { Pick: { value: B, why: { b: no } } } }", "explains why 'b' is wrong, but 'b' counts as right")]
    [InlineData("answers: { \"98.1\": { Pick: { value: B, why: { a: no, A: no } } } }", "explains 'A' twice")]
    [InlineData("answers: { \"98.1\": { Pick: { value: B, why: { A: } } } }", "says nothing about why 'A' is wrong")]
    [InlineData("answers: { \"98.1\": { Share: { value: 1, tolerance: 0 } } }", "needs a tolerance above 0; it says '0'")]
    [InlineData("answers: { \"98.1\": { Share: { value: 1, tolerance: 1%} } }", "needs a tolerance above 0; it says '1%'")]
    [InlineData("answers: { \"98.1\": { Share: { value: one, tolerance: 0.1 } } }", "has the value 'one': A number is needed")]
    [InlineData("answers: { \"98.1\": { Share: { value: 1e9, tolerance: 1e-9 } } }", "has the value '1e9', which the tolerance 1E-09 is too fine for")]
    [InlineData("answers: { \"98.1\": { Share: { value: 1, tolerance: 0.1, why: { 1.04: no } } } }", "explains why '1.04' is wrong, but '1.04' counts as right")]
    [InlineData("answers: { \"98.1\": { Pick: { value: B, tolerence: 1 } } }", "line 1")]
    [InlineData("answers:\n  \"98.1\":\n    Pick: { value: B }\n    Pick: { value: C }\n", "duplicate key Pick")]
    public void Load_WrongSheet_NamesFileAndEntry(string sheet, string message)
    {
        using var week = new WeekFolder(sheet);
        string said = Assert.Throws<InvalidDataException>(() => AnswerKey.Load(week.FullName)).Message;
        Assert.StartsWith(week.At("answers.yaml"), said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WordsThatYamlTakesForBooleans_StayText()
    {
        using var week = new WeekFolder("answers: { \"98.10\": { Stale: { value: No, why: { Yes: It is not. } } } }");
        Assert.True(AnswerKey.Load(week.FullName).Check("98.10", "Stale", "no").IsRight);
    }

    [Fact]
    public void Load_NoFileOfEitherKind_HasNoAnswers()
    {
        using var week = new WeekFolder();
        AnswerKey key = AnswerKey.Load(week.FullName);
        Assert.Empty(key.PropertiesOf("98.1"));
        Assert.Contains("It has: nothing.", Assert.Throws<ArgumentException>(() => key.Check("98.1", "Pick", "A")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFolder_SaysSo() =>
        Assert.Throws<DirectoryNotFoundException>(() => AnswerKey.Load(Path.Combine(Path.GetTempPath(), "mlops-no-such-week")));

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("{}", "cannot be read")]
    [InlineData("null", "is empty")]
    [InlineData("""{"about":"","format":2,"iterations":5,"answers":{}}""", "format 2")]
    [InlineData("""{"about":"","format":1,"iterations":2000000000,"answers":{}}""", "2000000000 iterations")]
    [InlineData("""{"about":"","format":1,"iterations":5,"answers":{"98.1":{"Pick":{"tolerance":null,"salt":"?","entries":[],"texts":[]}}}}""", "cannot be read at $.answers")]
    [InlineData("""{"about":"","format":1,"iterations":5,"answers":{"98.1":{"Pick":{"tolerance":null,"salt":"AA==","entries":["AA=="],"texts":[]}}}}""", "98.1 Pick was changed")]
    [InlineData("""{"about":"","format":1,"iterations":5,"answers":{"98.1":{"Pick":{"tolerance":-1,"salt":"AA==","entries":[],"texts":[]}}}}""", "98.1 Pick was changed")]
    public void Load_WrongSealedFile_NamesFileAndPlace(string text, string message)
    {
        using var week = new WeekFolder();
        File.WriteAllText(week.At("answers.sealed.json"), text);
        string said = Assert.Throws<InvalidDataException>(() => AnswerKey.Load(week.FullName)).Message;
        Assert.StartsWith(week.At("answers.sealed.json"), said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BothFiles_ReadsThePlainOne()
    {
        using var week = new WeekFolder(Samples.TwoKinds);
        File.WriteAllText(week.At("answers.sealed.json"), "not read");
        Assert.False(AnswerKey.Load(week.FullName).IsSealed);
    }
}
