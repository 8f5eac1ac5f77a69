namespace MlOps.Exercises.Tests.Week09;

/// <summary>What a student writes for exercise 9.6.</summary>
public interface IPromotionStory
{
    int ChampionAt(DateTime[] times, string[] actions, int[] versions, DateTime moment);
}
