namespace MlOps.Learning.SupportVectors;

/// <summary>What a support vector machine charges a case with margin m.</summary>
public enum SvmLoss
{
    /// <summary><c>max(0, 1 − m)</c></summary>
    Hinge,

    /// <summary><c>max(0, 1 − m)²</c></summary>
    SquaredHinge,
}
