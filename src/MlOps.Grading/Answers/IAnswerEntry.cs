namespace MlOps.Grading.Answers;

/// <summary>The right answer of one property, plain or sealed.</summary>
internal interface IAnswerEntry
{
    /// <summary>Gets how its answers are written.</summary>
    AnswerForm Form { get; }

    /// <summary>Says what an answer is worth.</summary>
    AnswerVerdict Judge(string canonical);
}
