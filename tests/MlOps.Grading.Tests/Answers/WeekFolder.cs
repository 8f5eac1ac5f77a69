using MlOps.Grading.Answers;

namespace MlOps.Grading.Tests.Answers;

/// <summary>A week's folder with an answer file, deleted after the test.</summary>
internal sealed class WeekFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-answers-");

    internal WeekFolder(string? answers = null)
    {
        if (answers is not null)
        {
            File.WriteAllText(At("answers.yaml"), answers);
        }
    }

    internal string FullName => _folder.FullName;

    internal string At(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>The key that students get: sealed, and the plain file gone.</summary>
    internal AnswerKey Sealed()
    {
        AnswerKey.Load(FullName).Seal(At("answers.sealed.json"));
        File.Delete(At("answers.yaml"));
        return AnswerKey.Load(FullName);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
