namespace MlOps.Explain.Shapley;

/// <summary>What one leaf pays the features on the way to it. Not thread-safe: each thread has its own.</summary>
internal interface IPathGame
{
    /// <summary>Goes on to another way; what follows is about it.</summary>
    void Enter(int path);

    /// <summary>The contributions of the way's features for rows with these bits.</summary>
    void Amounts(long mask, Span<double> amounts);
}
