using MlOps.Grading.Answers;
using Xunit.Sdk;

namespace MlOps.Grading.Testing;

/// <summary>Tests of choices and numbers. The right answers lie in the week's answer key, so the test gives none away.</summary>
public abstract class AnswerTests : ExerciseTests
{
    /// <summary>Asserts that a static property of the student's class holds the right answer.</summary>
    /// <exception cref="XunitException">It does not; the message says why that answer is wrong, where the key knows.</exception>
    protected void AnswerIsRight(string property)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(property);
        string type = Subject.TypeOfMember.GetValueOrDefault(property) ?? throw new XunitException($"There is no property {property} in {Subject.Exercise.File}; the starter has it.");
        object? value = Subject.Code.Get(type, property, Subject.Answers.TypeOf(Subject.Exercise.Id, property));
        AnswerVerdict verdict = Subject.Answers.Check(Subject.Exercise.Id, property, value);
        if (!verdict.IsRight)
        {
            throw new XunitException(verdict.Why ?? "This is not the right answer.");
        }
    }
}
