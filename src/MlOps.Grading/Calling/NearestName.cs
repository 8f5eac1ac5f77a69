namespace MlOps.Grading.Calling;

/// <summary>Finds the name that someone may have meant.</summary>
internal static class NearestName
{
    /// <summary>The most similar name, if at most a third of it (and one letter at least) is different; null otherwise. Case counts little.</summary>
    internal static string? Find(string wanted, IEnumerable<string> names)
    {
        string? nearest = null;
        int smallest = Math.Max(1, wanted.Length / 3) + 1;
        foreach (string name in names)
        {
            int distance = EditDistance.Between(wanted.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < smallest)
            {
                (nearest, smallest) = (name, distance);
            }
        }

        return nearest;
    }
}
