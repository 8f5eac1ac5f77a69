namespace MlOps.Learning.Recipes;

/// <summary>What a model is to predict.</summary>
public enum LearningTask
{
    /// <summary>A class.</summary>
    Classification,

    /// <summary>A number.</summary>
    Regression,
}
