namespace MlOps.Explain.Shapley;

/// <summary>One row as a game: which players differ from the background, and what their coalitions are worth.</summary>
internal sealed class RowGame(BackgroundGame game, double[] row, double rowPrediction, int[] varying, MaskedMemory memory, CancellationToken cancellationToken)
{
    /// <summary>Gets v(∅), on the scale of the link.</summary>
    internal double None => game.BaseValue;

    /// <summary>Gets v(all), on the scale of the link.</summary>
    internal double All => game.Linked(rowPrediction);

    /// <summary>Gets how many players differ from the background.</summary>
    internal int Players => varying.Length;

    /// <summary>v of coalitions of them.</summary>
    internal double[] Worth(Coalitions coalitions)
    {
        double[] means = game.Model.Means(row, rowPrediction, varying, coalitions, memory, cancellationToken);
        for (int k = 0; k < means.Length; k++)
        {
            means[k] = game.Linked(means[k]);
        }

        return means;
    }
}
