namespace MlOps.Drift.Texts;

/// <summary>Topics by spherical k-means: texts whose words, weighted by how rare they are, point in one direction.</summary>
/// <remarks>A text is the vector of <c>(1 + ln tf)·ln((1 + N)/(1 + df))</c> over the reference's words, scaled to length 1; a topic is the scaled sum of its
/// texts; a text belongs to the topic with the largest cosine. Source: I. S. Dhillon, D. S. Modha, Machine Learning 42 (2001).</remarks>
internal sealed class TopicModel
{
    private const int Rounds = 25;
    private const int ShownWords = 5;

    private readonly Dictionary<string, (int Index, double Rarity)> _words = new(StringComparer.Ordinal);
    private readonly double[][] _topics;

    private TopicModel(IReadOnlyList<IReadOnlyList<string>> texts, int topics, int seed)
    {
        foreach (var word in texts.SelectMany(text => text.Distinct(StringComparer.Ordinal)).GroupBy(word => word, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            _words.Add(word.Key, (_words.Count, Math.Log((1.0 + texts.Count) / (1 + word.Count()))));
        }

        (int Word, double Weight)[][] vectors = [.. texts.Select(Vector).Where(vector => vector.Length > 0)];
        _topics = Start(vectors, topics, new Random(seed));
        for (int round = 0; round < Rounds; round++)
        {
            double[][] sums = [.. _topics.Select(_ => new double[_words.Count])];
            foreach ((int Word, double Weight)[] vector in vectors)
            {
                double[] sum = sums[Nearest(vector)];
                foreach ((int word, double weight) in vector)
                {
                    sum[word] += weight;
                }
            }

            bool moved = false;
            for (int t = 0; t < _topics.Length; t++)
            {
                double length = Math.Sqrt(sums[t].Sum(weight => weight * weight));
                if (length > 0) // a topic that lost all its texts stays where it was
                {
                    double[] scaled = Array.ConvertAll(sums[t], weight => weight / length);
                    moved |= !scaled.AsSpan().SequenceEqual(_topics[t]);
                    _topics[t] = scaled;
                }
            }

            if (!moved)
            {
                break;
            }
        }
    }

    internal int Count => _topics.Length;

    /// <summary>Finds topics; null when no two texts point in different directions.</summary>
    internal static TopicModel? Fit(IReadOnlyList<IReadOnlyList<string>> texts, int topics, int seed)
    {
        var model = new TopicModel(texts, topics, seed);
        return model.Count < 2 ? null : model;
    }

    internal IReadOnlyList<string> WordsOf(int topic) =>
        [.. _words.Where(word => _topics[topic][word.Value.Index] > 0).OrderByDescending(word => _topics[topic][word.Value.Index]).ThenBy(word => word.Key, StringComparer.Ordinal).Take(ShownWords).Select(word => word.Key)];

    /// <summary>The topic of a text; −1 if it has no word of the reference that tells anything.</summary>
    internal int TopicOf(IReadOnlyList<string> text)
    {
        (int Word, double Weight)[] vector = Vector(text);
        return vector.Length == 0 ? -1 : Nearest(vector);
    }

    private (int Word, double Weight)[] Vector(IReadOnlyList<string> text)
    {
        (int Word, double Weight)[] vector =
        [
            .. text.GroupBy(word => word, StringComparer.Ordinal).Where(group => _words.ContainsKey(group.Key))
                .Select(group => (_words[group.Key].Index, (1 + Math.Log(group.Count())) * _words[group.Key].Rarity))
                .Where(entry => entry.Item2 > 0).OrderBy(entry => entry.Index),
        ];
        double length = Math.Sqrt(vector.Sum(entry => entry.Weight * entry.Weight));
        return Array.ConvertAll(vector, entry => (entry.Word, entry.Weight / length));
    }

    private int Nearest((int Word, double Weight)[] vector)
    {
        int best = 0;
        double bestCosine = double.NegativeInfinity;
        for (int t = 0; t < _topics.Length; t++)
        {
            double cosine = Cosine(vector, _topics[t]);
            if (cosine > bestCosine)
            {
                (best, bestCosine) = (t, cosine);
            }
        }

        return best;
    }

    private static double Cosine((int Word, double Weight)[] vector, double[] topic)
    {
        double cosine = 0;
        foreach ((int word, double weight) in vector)
        {
            cosine += weight * topic[word];
        }

        return cosine;
    }

    /// <summary>One text at random, then each time the text that is farthest from those taken.</summary>
    private double[][] Start((int Word, double Weight)[][] vectors, int topics, Random random)
    {
        var start = new List<double[]>();
        double[] nearest = Array.ConvertAll(vectors, _ => double.NegativeInfinity);
        int next = vectors.Length == 0 ? -1 : random.Next(vectors.Length);
        while (next >= 0 && start.Count < topics)
        {
            double[] topic = new double[_words.Count];
            foreach ((int word, double weight) in vectors[next])
            {
                topic[word] = weight;
            }

            start.Add(topic);
            next = -1;
            double farthest = 1 - 1e-9; // a text in the direction of one that was taken begins no topic
            for (int i = 0; i < vectors.Length; i++)
            {
                nearest[i] = Math.Max(nearest[i], Cosine(vectors[i], topic));
                if (nearest[i] < farthest)
                {
                    (next, farthest) = (i, nearest[i]);
                }
            }
        }

        return [.. start];
    }
}
