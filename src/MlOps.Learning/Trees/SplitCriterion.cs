namespace MlOps.Learning.Trees;

/// <summary>How mixed the classes in a node are; a split is chosen to lower it most. 0 in both cases means one class only.</summary>
public enum SplitCriterion
{
    /// <summary><c>1 − Σ p²</c>, in [0, 1 − 1/K]: how often two cases drawn with replacement differ in class.</summary>
    Gini,

    /// <summary><c>−Σ p log₂ p</c> in bits, in [0, log₂ K]. What a split takes off is its information gain.</summary>
    Entropy,
}
