namespace MlOps.Fairness;

/// <summary>Which class was taken for which, in one group.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Values">Its values, one a sensitive column.</param>
/// <param name="Classes">The classes, k of them.</param>
/// <param name="Counts">k × k counts, row after row: rows are labels, columns predictions.</param>
public sealed record ClassConfusion(string Group, IReadOnlyList<string> Values, IReadOnlyList<string> Classes, IReadOnlyList<long> Counts)
{
    /// <summary>Gets the number of rows in the group.</summary>
    public long Total => Counts.Sum();

    /// <summary>Gets the share that was predicted right.</summary>
    public Rate Accuracy => new(Classes.Select((_, c) => Counts[(c * Classes.Count) + c]).Sum(), Total);

    /// <summary>Gets the plain mean over the classes of the share of their members predicted right (macro recall, balanced accuracy), in [0, 1];
    /// classes without a member in the group are left out, as scikit-learn's balanced_accuracy_score does; null if nobody is in the group.</summary>
    public double? MacroAccuracy => Classes.Select((_, c) => Recall(c).Value).Average();

    /// <summary>Gets how many rows of a class were predicted to be of another.</summary>
    /// <param name="label">The true class.</param>
    /// <param name="prediction">The predicted class.</param>
    /// <exception cref="KeyNotFoundException">No such class.</exception>
    public long this[string label, string prediction] => Counts[(Place(label) * Classes.Count) + Place(prediction)];

    private Rate Recall(int c) => new(Counts[(c * Classes.Count) + c], Enumerable.Range(0, Classes.Count).Sum(p => Counts[(c * Classes.Count) + p]));

    private int Place(string name)
    {
        for (int c = 0; c < Classes.Count; c++)
        {
            if (Classes[c] == name)
            {
                return c;
            }
        }

        throw new KeyNotFoundException($"There is no class '{name}'. There are: {string.Join(", ", Classes)}.");
    }
}
