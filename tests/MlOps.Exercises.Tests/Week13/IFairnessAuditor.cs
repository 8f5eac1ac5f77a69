namespace MlOps.Exercises.Tests.Week13;

/// <summary>What a student writes for exercise 13.4.</summary>
public interface IFairnessAuditor
{
    double? DisparateImpactRatio { get; }

    double? EqualOpportunityDifference { get; }

    double? PredictiveParityDifference { get; }

    double? AlikeTreatedAlike(double[][] features, double similarity);
}
