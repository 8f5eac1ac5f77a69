namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Draws rows without replacement, each set of rows with equal chance. The rows keep their order.</summary>
    /// <remarks>Randomness is <see cref="Random"/> with a seed, whose sequence is the same on every machine.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or larger than the table.</exception>
    public Table Sample(int count, int seed)
    {
        if (count < 0 || count > RowCount)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"A sample without replacement needs 0 to {RowCount} rows.");
        }

        return Take(Draw(AllRows(), count, new Random(seed)));
    }

    /// <summary>Puts the rows in random order, the same for the same seed on every machine.</summary>
    public Table Shuffle(int seed)
    {
        int[] rows = AllRows();
        ShufflePrefix(rows, rows.Length, new Random(seed));
        return Take(rows);
    }

    /// <summary>Splits the rows at random into a training and a test part. Within a part the rows keep their order.</summary>
    /// <param name="trainShare">The share of rows to train on, above 0 and below 1; the number of rows is rounded.</param>
    /// <param name="seed">Equal seeds give equal parts on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public TableSplit Split(double trainShare, int seed)
    {
        int count = TrainCount(trainShare);
        return Parts(Draw(AllRows(), count, new Random(seed)));
    }

    /// <summary>Splits the rows at random so that both parts have, as nearly as whole rows allow, the same mix of a column's values.</summary>
    /// <param name="trainShare">The share of rows to train on, above 0 and below 1. The training part has the same size as without strata;
    /// the rows that rounding leaves over go to the strata with the largest remainders, on a tie to the one that comes first in sorted order.</param>
    /// <param name="seed">Equal seeds give equal parts on every machine.</param>
    /// <param name="stratifyBy">The column; missing values are a stratum of their own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public TableSplit Split(double trainShare, int seed, string stratifyBy)
    {
        int target = TrainCount(trainShare);
        GroupedTable strata = GroupBy(stratifyBy);
        int[] counts = new int[strata.Count];
        double[] remainders = new double[strata.Count];
        for (int i = 0; i < counts.Length; i++)
        {
            double exact = strata.RowsOf(i).Length * trainShare;
            counts[i] = (int)Math.Floor(exact);
            remainders[i] = exact - counts[i];
        }

        int[] byRemainder = [.. Enumerable.Range(0, counts.Length).OrderByDescending(i => remainders[i])];
        for (int i = 0; i < target - counts.Sum(); i++)
        {
            remainders[byRemainder[i]] = double.NaN; // marks a stratum that gets one row more
        }

        var random = new Random(seed);
        var train = new List<int>();
        for (int i = 0; i < counts.Length; i++)
        {
            int count = counts[i] + (double.IsNaN(remainders[i]) ? 1 : 0);
            train.AddRange(Draw(strata.RowsOf(i).ToArray(), count, random));
        }

        return Parts([.. train.Order()]);
    }

    private int TrainCount(double trainShare)
    {
        return trainShare is > 0 and < 1
            ? (int)Math.Round(RowCount * trainShare, MidpointRounding.AwayFromZero)
            : throw new ArgumentOutOfRangeException(nameof(trainShare), trainShare, "A share above 0 and below 1 is needed.");
    }

    private TableSplit Parts(int[] sortedTrain)
    {
        bool[] isTrain = new bool[RowCount];
        foreach (int row in sortedTrain)
        {
            isTrain[row] = true;
        }

        return new TableSplit(Take(sortedTrain), Keep(row => !isTrain[row]));
    }

    private int[] AllRows() => [.. Enumerable.Range(0, RowCount)];

    private static int[] Draw(int[] rows, int count, Random random)
    {
        ShufflePrefix(rows, count, random);
        int[] drawn = rows[..count];
        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>Fisher–Yates, from the front and only as far as needed.</summary>
    private static void ShufflePrefix(int[] rows, int count, Random random)
    {
        for (int i = 0; i < count; i++)
        {
            int other = random.Next(i, rows.Length);
            (rows[i], rows[other]) = (rows[other], rows[i]);
        }
    }
}
