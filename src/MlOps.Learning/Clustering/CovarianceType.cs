namespace MlOps.Learning.Clustering;

/// <summary>Which shape the components of a Gaussian mixture may have.</summary>
public enum CovarianceType
{
    /// <summary>Any ellipsoid: d·(d + 1)/2 parameters a component.</summary>
    Full,

    /// <summary>Ellipsoids along the axes, that is features without correlation inside a component: d parameters.</summary>
    Diagonal,
}
