namespace MlOps.Learning.Preprocessing;

/// <summary>Where the edges of bins lie.</summary>
public enum BinEdges
{
    /// <summary>At quantiles: about equally many training rows a bin. Equal edges are merged.</summary>
    Quantile,

    /// <summary>At equal distances between the smallest and the largest training value.</summary>
    Uniform,
}
