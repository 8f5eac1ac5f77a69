namespace MlOps.Learning.Metrics;

/// <summary>A number for every row, computed a block at a time: what a metric averages.</summary>
internal interface IRowTerms
{
    /// <summary>Computes the numbers of the rows from <paramref name="start"/> on, as many as fit.</summary>
    void Fill(int start, Span<double> terms);
}
